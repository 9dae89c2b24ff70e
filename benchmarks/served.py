"""How fast a generated service answers: its lists and rows beside a route of the same server that does nothing."""

from __future__ import annotations

import http.client
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import uv

from tests.generated_services.judges.base import Case, Workbench
from tests.generated_services.judges.fuzzing import serving_case
from tests.generated_services.outside_tools import OutsideTools
from tests.generated_services.services import build_service

__all__ = ["Answered", "Served", "measure_served"]

ROUTES = {
    "nothing": "/health/live",
    "one row": "/api/v1/works/1",
    "a page of a list": "/api/v1/works?size=20",
    "a page, sorted and searched": "/api/v1/works?size=20&sort=-published_on&q=a",
    "a page with what belongs to it": "/api/v1/works?size=20&include=keeper&include=readers",
}
"""What is asked for, and its path in the service of three entities; the first is what the others are held against."""
REQUESTS, WARMING = 300, 30


@dataclass(frozen=True)
class Answered:
    """One route: the median and the 95th percentile of the seconds that an answer took."""

    what: str
    median: float
    slow: float

    def line(self, nothing: Answered) -> str:
        """Return one line of the table."""
        times = self.median / nothing.median
        figures = f"{self.median * 1e3:>10.2f} ms {self.slow * 1e3:>10.2f} ms"
        return f"{f'served: {self.what}':<58} {figures} {times:>6.1f} times a route that does nothing"


@dataclass(frozen=True)
class Served:
    """All routes of a service, in the order of ROUTES."""

    routes: Sequence[Answered]

    def lines(self) -> list[str]:
        """Return the lines of the table."""
        return [route.line(self.routes[0]) for route in self.routes]


def measure_served() -> Served:
    """Serve a service of three entities on SQLite by uvicorn, and ask it, one request after another.

    Raises RuntimeError where a route answers anything but 200.
    """
    with tempfile.TemporaryDirectory(prefix="planthread-served-") as folder:
        service = build_service(3, ("docker",), Path(folder) / "place")
        workbench = Workbench(OutsideTools(Path(folder), None, Path(uv.find_uv_bin())))
        case = Case(service, "sqlite", workbench, Path(folder))
        with case.database_url() as url, serving_case(case, url) as address:
            connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
            return Served([measure_route(connection, what, path) for what, path in ROUTES.items()])


def measure_route(connection: http.client.HTTPConnection, what: str, path: str) -> Answered:
    """Ask for one route again and again over one connection."""
    for _ in range(WARMING):
        ask(connection, path)
    seconds = sorted(ask(connection, path) for _ in range(REQUESTS))
    return Answered(what, statistics.median(seconds), seconds[REQUESTS * 95 // 100])


def ask(connection: http.client.HTTPConnection, path: str) -> float:
    """Return the seconds from a request to the last byte of its answer. Raises RuntimeError."""
    began = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise RuntimeError(f"GET {path} answers {response.status}: {body[:500]!r}")
    return time.perf_counter() - began
