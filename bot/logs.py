"""The log on standard error: a line an event, whoever writes it, without secrets, and told again ever more seldom."""

from __future__ import annotations

import logging
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
import structlog
from structlog.types import EventDict, Processor

from bot.documents.redaction import redact

__all__ = ["Seldom", "configure_logging"]

HANDLER = "planthread"
"""The name of our handler, and of the logger for what happens to plans."""
FIELDS = ("plan", "before", "after", "hold", "stage", "step", "number", "commit", "reason", "untold")
"""What a record of the standard library may carry beside its words."""
OUTSIDE = ("slack_bolt", "slack_sdk", "apscheduler")
"""Loggers of packages that tell the same again and again while something is away."""
UNREACHED = (ConnectionError, TimeoutError, socket.gaierror, aiohttp.ClientError)
"""What fails because somebody can't be reached: where in the code says nothing then."""
FIRST_GAP = 10.0
LONGEST_GAP = 600.0
"""Seconds between two lines about the same."""


def configure_logging(form: str = "json", *, tells_plans: bool = True) -> None:
    """Log on standard error, with the plan's id where there is one: lines of JSON, or ``text`` for people.

    What packages log takes the same form. ``tells_plans`` has a line for what happens to each plan, too.
    """
    rendering: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "text":
        rendering = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_secrets,
    ]
    structlog.configure(processors=[*common, rendering], logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    of_packages: list[Processor] = [structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder(allow=FIELDS)]
    final = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = StandardError()
    handler.name = HANDLER
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=[*of_packages, *common], processors=[final, rendering])
    )
    handler.addFilter(Seldom())
    take_over(handler)
    logging.getLogger(HANDLER).setLevel(logging.INFO if tells_plans else logging.NOTSET)


def take_over(handler: logging.Handler) -> None:
    """Have everything that the standard library's loggers tell go through one handler."""
    root = logging.getLogger()
    for old in [one for one in root.handlers if one.name == handler.name]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    engine = logging.getLogger("dbos")  # it gives itself a handler with a form of its own, unless it has one
    for old in list(engine.handlers):
        engine.removeHandler(old)
    engine.addHandler(logging.NullHandler())
    engine.propagate = True


def without_secrets(_logger: object, _method: str, entry: EventDict) -> EventDict:
    """Replace every secret of a known kind in what is logged, tracebacks too."""
    return {name: redact(value) if isinstance(value, str) else value for name, value in entry.items()}


class StandardError(logging.Handler):
    """Writes to standard error, whatever that is at the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except (OSError, ValueError):  # nobody reads it any more
            self.handleError(record)


@dataclass
class Told:
    """When something was told last, how long to be silent about it, and how often it was kept to ourselves."""

    at: float
    seen: float
    gap: float = FIRST_GAP
    untold: int = 0


class Seldom(logging.Filter):
    """Tells that somebody can't be reached in one line, and the same again after ever longer gaps.

    What happens for the first time is always told, and again at once after it had been well for a while. ``untold``
    says how often it happened in between.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing told; ``clock`` gives seconds."""
        super().__init__()
        self._clock = clock
        self._told: dict[tuple[str, str, str], Told] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is to be written."""
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, UNREACHED) and (error is not None or not record.name.startswith(OUTSIDE)):
            return True
        words = record.getMessage().partition(":")[0]
        if isinstance(error, UNREACHED):
            record.reason = f"{type(error).__name__}: {error}"
            record.msg, record.args, record.exc_info, record.exc_text = words, (), None, None
        return self._is_due(record, (record.name, words, type(error).__name__))

    def _is_due(self, record: logging.LogRecord, key: tuple[str, str, str]) -> bool:
        now = self._clock()
        told = self._told.get(key)
        if told is None or now - told.seen > 2 * told.gap:
            self._told[key] = Told(at=now, seen=now)
            return True
        told.seen = now
        if now - told.at < told.gap:
            told.untold += 1
            return False
        record.untold = told.untold
        told.at, told.gap, told.untold = now, min(2 * told.gap, LONGEST_GAP), 0
        return True
