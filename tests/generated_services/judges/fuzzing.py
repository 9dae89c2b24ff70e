"""The judge that talks to a running service: schemathesis, over every route of its OpenAPI document."""

from __future__ import annotations

import contextlib
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.generated_services.judges.accounts import account_settings, authorization
from tests.generated_services.judges.base import Case, Judged, judged
from tests.generated_services.programs import free_port, serving

__all__ = ["EXAMPLES", "serving_case", "withstands_schemathesis"]

EXAMPLES = {3: 50, 10: 10, 100: 2}
"""For each operation, by the number of entities."""
REDIS, UNLIMITED = "REDIS_URL", "1000000/minute"


def withstands_schemathesis(case: Case) -> Judged:
    """Serve the service and run schemathesis against it: not one failure."""
    examples = case.workbench.examples or EXAMPLES[case.service.size]
    report = case.scratch / "schemathesis.json"
    with case.database_url() as url, serving_case(case, url) as address:
        headers = [word for header in authorization(address, case.service.openapi) for word in ("-H", header)]
        done = case.run_tool(
            *("schemathesis", "run", f"{address}/openapi.json", "--max-examples", str(examples), "--seed", "1"),
            *("--continue-on-failure", "--no-color", "--report", "json", "--report-json-path", report),
            *headers,
        )
    result = judged(done, figures=figures_of(report))
    return Judged(result.ok, result.figures, what_failed(done.output) or result.output)


@contextlib.contextmanager
def serving_case(case: Case, url: str) -> Iterator[str]:
    """Migrate the database and seed it, serve the service as long as the block lasts, and give its address."""
    variables = settings_of(case, url)
    account = account_settings(case.service.openapi)
    steps = ["alembic upgrade head", "python -m app.seeds", *(["python -m app.create_admin"] if account else [])]
    for step in steps:
        done = case.run(*step.split(), **variables, **account)
        if not done.ok:
            raise RuntimeError(f"{step}: {done.output}")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = ("uvicorn", "app.main:app", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning")
    program = case.service.programs / command[0]
    environment = case.service.variables(case.scratch, **variables)
    log = case.scratch / "server.log"
    with serving([program, *command[1:]], case.service.folder, environment, log, lambda: is_alive(address)):
        yield address


def settings_of(case: Case, url: str) -> dict[str, str]:
    """Return the settings of a service that is to be fuzzed: its database, a Redis, and no limit of its rate."""
    settings = {"DATABASE_URL": url}
    if REDIS in case.service.settings:
        settings[REDIS] = case.workbench.redis()
    return settings | {name: UNLIMITED for name in case.service.settings if name.startswith("RATE_LIMIT")}


def is_alive(address: str) -> bool:
    """Tell whether a service answers that it is alive."""
    try:
        with urllib.request.urlopen(f"{address}/health/live", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def figures_of(report: Path) -> str:
    """Return how many cases were tried, how many were taken, and how many operations never reached a row."""
    if not report.exists():
        return "no report"
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    rates = [phase for phases in told["valid_rates"].values() for phase in phases.values()]
    accepted = sum(int(rate["accepted"]) for rate in rates)
    unreached = len(told["warnings"]["missing_test_data"])
    failures = int(told["test_cases"]["unique_failures"])
    tried = int(told["test_cases"]["generated"])
    return f"{tried} cases, {failures} failures, {accepted} accepted, {unreached} operations without a row"


def what_failed(output: str) -> str:
    """Return the part of the output that shows failures and errors."""
    _, found, rest = output.partition(" FAILURES ===")
    if not found:
        _, found, rest = output.partition(" ERRORS ===")
    return rest.partition(" WARNINGS ===")[0][:8000] if found else ""
