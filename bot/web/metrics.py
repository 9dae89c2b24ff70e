"""``/metrics``: what Prometheus asks for, counted at that moment; numbers only, nothing that anybody said."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import __version__
from bot.store.database import Database
from bot.workflow.figures import Figures, count_figures

__all__ = ["metrics_routes"]

PREFIX = "planthread"
LONGEST_COUNT = 5.0
"""Seconds; who counts for longer waits for a database that is away."""


def metrics_routes(database: Database, problems: Callable[[], Awaitable[list[str]]]) -> list[Route]:
    """Return the route; ``problems`` are the reasons for which the bot is not ready."""

    async def metrics(request: Request) -> Response:
        """Answer in the text format of Prometheus."""
        figures = await counted(database)
        reasons = await problems()
        text = await asyncio.to_thread(rendered, figures, len(reasons))
        return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [Route("/metrics", metrics, methods=["GET"])]


async def counted(database: Database) -> Figures | None:
    """Return the figures, or None while the database can't be read: the bot isn't ready then, and the rest stands."""
    try:
        async with asyncio.timeout(LONGEST_COUNT), database.read() as session:
            return await count_figures(session)
    except (SQLAlchemyError, OSError):
        return None


def rendered(figures: Figures | None, problems: int) -> bytes:
    """Return figures, and what is known of the process, in the text format."""
    registry = CollectorRegistry()
    PlatformCollector(registry)
    ProcessCollector(registry=registry)
    registry.register(Counted(figures, problems, datetime.now(UTC)))
    return generate_latest(registry)


class Counted(Collector):
    """Tells the figures of one moment."""

    def __init__(self, figures: Figures | None, problems: int, moment: datetime) -> None:
        """Keep what was counted."""
        self._figures = figures
        self._problems = problems
        self._moment = moment

    def collect(self) -> list[Metric]:
        """Return every family; without figures, those that need none."""
        figures = self._figures
        is_ready = figures is not None and not self._problems
        state = [
            by("build_info", "The version that runs.", "version", [(__version__, 1)]),
            gauge("ready", "1 while the bot can work; /readyz says why not.", is_ready),
        ]
        if figures is None:
            return state
        waited = (self._moment - figures.oldest_delivery).total_seconds() if figures.oldest_delivery else 0.0
        by_kind = [
            by("plans", "Plans by stage.", "stage", figures.plans.items()),
            by("holds", "Plans that rest, by why.", "hold", figures.holds.items()),
            by("runs_wanted", "Runs that are under way or wait for their turn.", "stage", figures.runs_wanted.items()),
        ]
        return [
            *state,
            *by_kind,
            gauge("inbox_waiting", "Deliveries that were kept and not handled yet.", figures.deliveries_waiting),
            gauge("inbox_oldest_seconds", "How long the oldest of them has waited.", max(0.0, waited)),
            gauge("inbox_failed", "Deliveries whose handling failed; the log has each.", figures.deliveries_failed),
            gauge("outbox_waiting", "Messages that are to be sent or edited.", figures.messages_waiting),
            counter("model_input_tokens", "Tokens that models read.", figures.input_tokens),
            counter("model_output_tokens", "Tokens that models wrote.", figures.output_tokens),
        ]


def gauge(name: str, told: str, value: float) -> Metric:
    """Return a number that goes up and down."""
    return GaugeMetricFamily(f"{PREFIX}_{name}", told, value=float(value))


def counter(name: str, told: str, value: float) -> Metric:
    """Return a number that only grows."""
    return CounterMetricFamily(f"{PREFIX}_{name}", told, value=float(value))


def by(name: str, told: str, label: str, counts: Iterable[tuple[str, int]]) -> Metric:
    """Return a number for each value of a label."""
    family = GaugeMetricFamily(f"{PREFIX}_{name}", told, labels=[label])
    for value, count in counts:
        family.add_metric([str(value)], count)
    return family
