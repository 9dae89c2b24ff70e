"""`/metrics`: figures of a real store, in the text that Prometheus reads, and no word of anybody."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.store.database import Database
from bot.store.tables import InboxItem, ModelUsage, now
from bot.web.app import create_web_app
from bot.web.metrics import metrics_routes
from bot.web.serving import serve_web
from tests.workflow.office import IDEA, MARA, Office, ScriptedPlanner

Figures = dict[tuple[str, str], float]


@pytest.fixture
def office(database: Database) -> Office:
    """Return an office over a migrated store in a file."""
    return Office(database, ScriptedPlanner())


async def scraped(office: Office, folder: Path, *reasons: str) -> tuple[Figures, str]:
    """Return what a scrape of the bot's pages gives: each figure by its name and label."""

    async def problems() -> list[str]:
        return list(reasons)

    server = await serve_web(create_web_app(folder, problems, routes=metrics_routes(office.database, problems)))
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        answer = await client.get("/metrics")
    await server.stop()
    assert answer.headers["content-type"].startswith("text/plain")
    families = text_string_to_metric_families(answer.text)
    samples = [sample for family in families for sample in family.samples]
    return {(one.name, next(iter(one.labels.values()), "")): one.value for one in samples}, answer.text


async def test_what_waits_and_what_stands_where_is_counted(office: Office, tmp_path: Path) -> None:
    await office.start()
    await office.in_review()
    await office.start()
    await office.stop()
    async with office.database.write() as session:
        session.add(InboxItem(key="waits", kind="message", payload={}))
        session.add(InboxItem(key="failed", kind="message", payload={}, handled_at=now(), error="1a2b3c4d"))
        session.add(ModelUsage(decision="interview", model="m", input_tokens=70, output_tokens=5))

    figures, text = await scraped(office, tmp_path)

    assert figures["planthread_plans", "gathering"] == 2
    assert figures["planthread_plans", "in review"] == 1
    assert figures["planthread_plans", "delivered"] == 0
    assert figures["planthread_holds", "paused"] == 1
    assert figures["planthread_runs_wanted", "plan"] == 1
    assert figures["planthread_runs_wanted", "build"] == 0
    assert figures["planthread_inbox_waiting", ""] == 1
    assert figures["planthread_inbox_oldest_seconds", ""] > 0
    assert figures["planthread_inbox_failed", ""] == 1
    assert figures["planthread_outbox_waiting", ""] == 4
    assert figures["planthread_model_input_tokens_total", ""] == 70
    assert figures["planthread_model_output_tokens_total", ""] == 5
    assert figures["planthread_ready", ""] == 1
    assert IDEA not in text
    assert MARA not in text


async def test_a_bot_that_is_not_ready_says_so(office: Office, tmp_path: Path) -> None:
    figures, text = await scraped(office, tmp_path, "The socket to Slack is not connected.")

    assert figures["planthread_ready", ""] == 0
    assert "socket" not in text
    assert figures["planthread_plans", "cancelled"] == 0


async def test_a_database_that_is_away_is_a_bot_that_is_not_ready(tmp_path: Path) -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:9/plans")
    figures, _ = await scraped(Office(away, ScriptedPlanner()), tmp_path)

    assert figures["planthread_ready", ""] == 0
    assert ("planthread_inbox_waiting", "") not in figures, "nothing is known of it"
    await away.close()
