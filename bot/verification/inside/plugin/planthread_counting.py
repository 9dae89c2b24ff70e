"""A pytest plugin that ends the output with one line: how many tests were collected, and how many passed.

The line begins with the mark that the judge gave by the environment, so that an ordinary test can't print it by chance.
"""

from __future__ import annotations

import os
from typing import Any

passed: set[str] = set()
collected: list[int] = [0]


def pytest_collection_finish(session: Any) -> None:  # noqa: ANN401 - pytest isn't importable where bot runs
    """Count what was collected, after deselection."""
    collected[0] = len(session.items)


def pytest_runtest_logreport(report: Any) -> None:  # noqa: ANN401 - as above
    """Count a test whose own call passed."""
    if report.when == "call" and report.passed and not hasattr(report, "wasxfail"):
        passed.add(report.nodeid)


def pytest_unconfigure() -> None:
    """Write the line straight to the output, below everything that pytest captured."""
    os.write(1, f"\n{os.environ['PLANTHREAD_MARK']} {collected[0]} {len(passed)}\n".encode())
