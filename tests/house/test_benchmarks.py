"""Benchmarks measure rounds, leave preparation out, and work on documents without findings."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.documents import checklist_of, specs_of
from benchmarks.growth import SIZES, Growth, measure_growth
from benchmarks.measuring import Benchmark, Measurement, measure
from benchmarks.plans import Crowd, measure_crowd
from benchmarks.served import Answered, Served, measure_route
from benchmarks.whole_builds import Round, WholeBuild, WholeBuilds, measure_whole_builds
from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.tasks.checklist_reader import read_tasks
from bot.documents.text.source_text import LARGEST_DOCUMENT


def test_every_round_is_prepared_and_run() -> None:
    happened: list[str] = []
    benchmark = Benchmark("n", lambda: happened.append("run"), rounds=2, prepare=lambda: happened.append("prepare"))

    measured = measure(benchmark)

    assert happened == ["prepare", "run", "prepare", "run"]
    assert 0 <= measured.median <= measured.slowest


def test_a_line_shows_milliseconds() -> None:
    assert Measurement("read", 0.0015, 0.25, 3).line().split() == ["read", "1.5", "ms", "250.0", "ms", "3"]


@pytest.mark.parametrize("entities", [1, 3, 30])
def test_the_measured_documents_are_good_ones(entities: int) -> None:
    reading = read_entity_specs(specs_of(entities), "specs.txt")

    assert len(reading.specs.entities) == entities
    assert (*reading.findings, *check_entity_specs(reading.specs)) == ()


def test_the_measured_checklists_are_read_in_full() -> None:
    reading = read_tasks(checklist_of(100))

    assert len(reading.tasks) == 100
    children = [task for task in reading.tasks if task.parent is not None]
    assert len(children) == 90
    assert all(len(task.requirement_references) == 2 and task.details for task in children)
    assert {finding.rule for finding in reading.findings} == {"PT010"}
    assert len(checklist_of(max(SIZES))) < LARGEST_DOCUMENT


def test_the_cost_of_a_task_is_measured_at_each_size() -> None:
    growth = measure_growth(sizes=(10, 20), rounds=1)

    assert list(growth.seconds) == [10, 20]
    assert len(growth.lines()) == 3


def test_growth_is_the_largest_cost_over_the_smallest() -> None:
    flat, steep = Growth({1: 2e-5, 2: 3e-5}), Growth({1: 2e-5, 2: 3.2e-5})

    assert (flat.is_flat, steep.is_flat) == (True, False)
    assert flat.lines()[0].split() == ["read", "one", "task", "of", "1", "20.0", "µs"]
    assert flat.lines()[-1] == "flat: largest over smallest is 1.50, and may be 1.5"
    assert steep.lines()[-1].startswith("NOT flat: largest over smallest is 1.60")


def test_whole_builds_are_timed_weighed_and_compared() -> None:
    builds = measure_whole_builds({1: 2})

    (build,) = builds.builds
    assert (build.entities, len(build.rounds), build.is_repeatable) == (1, 2, True)
    assert min(build.seconds, build.computing, build.megabytes, build.alone) > 0
    assert build.line().startswith("build 1 entities as a process: ")


def test_a_build_is_held_against_its_goal_and_growth_against_its_limit() -> None:
    small = WholeBuild(10, [Round(1, 1, 90, "a"), Round(2, 2, 100, "a")], files=70, alone=0.5)
    large = WholeBuild(100, [Round(9, 9, 200, "b"), Round(9, 20, 120, "c")], files=900, alone=2.5)
    builds = WholeBuilds([small, large])

    assert (small.seconds, small.megabytes, small.is_repeatable, large.is_repeatable) == (1, 100, True, False)
    assert builds.growth == pytest.approx(0.9)
    assert not builds.are_repeatable
    lines = builds.lines()
    assert lines[0].endswith("the same bytes and hashes each time")
    assert lines[1].endswith(
        "DIFFERENT bytes or hashes each time; goal 2.0 s and 150 MB: missed by time and memory and multiple"
    )
    assert lines[2] == "flat: one of many entities costs 0.90 times one of few, and may cost 1.5"


@pytest.fixture
def server() -> Iterator[http.client.HTTPConnection]:
    """Give a connection to a server that knows only /there."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/there" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - the library names it
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield http.client.HTTPConnection("127.0.0.1", listening.server_port, timeout=10)
    listening.shutdown()
    listening.server_close()


def test_a_route_is_asked_for_and_must_answer(server: http.client.HTTPConnection) -> None:
    there = measure_route(server, "there", "/there")

    assert 0 < there.median <= there.slow
    with pytest.raises(RuntimeError, match="GET /nowhere answers 404"):
        measure_route(server, "nowhere", "/nowhere")


def test_routes_are_held_against_the_one_that_does_nothing() -> None:
    lines = Served([Answered("nothing", 0.002, 0.004), Answered("a list", 0.01, 0.02)]).lines()

    assert " ".join(lines[1].split()) == "served: a list 10.00 ms 20.00 ms 5.0 times a route that does nothing"


def test_what_people_ask_is_measured_in_stores_of_each_size() -> None:
    crowd = measure_crowd(sizes=(60, 120), rounds=1)

    assert set(crowd.seconds) == {
        "/plan list", "/plan status of a plan", "/plan status of one's own", "the plan of a thread", "/plan new"
    }  # fmt: skip
    assert all(list(by_size) == [60, 120] for by_size in crowd.seconds.values())


def test_a_full_store_may_cost_twice_what_a_small_one_does() -> None:
    flat, steep = Crowd({"a": {1: 0.001, 2: 0.0019}}), Crowd({"a": {1: 0.001, 2: 0.0019}, "b": {1: 0.001, 2: 0.0021}})

    assert (flat.is_flat, steep.is_flat) == (True, False)
    assert steep.lines()[-1] == "NOT flat: among many plans at most 2.10 times, and may be 2.0"
