"""Health, readiness, headers, and who may call."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest
import structlog
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError

from bot.web.app import create_web_app
from bot.web.serving import serve_web
from tests.web.conftest import Served


async def test_health_and_readiness_with_its_reasons(served: Served) -> None:
    assert (await served.client.get("/healthz")).text == "ok\n"
    ready = await served.client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "reasons": []})
    served.reasons.append("The database can't be written.")
    unready = await served.client.get("/readyz")
    assert unready.status_code == 503
    assert unready.json() == {"ready": False, "reasons": ["The database can't be written."]}


async def test_every_answer_carries_the_headers(served: Served) -> None:
    for path in (
        "/healthz",
        "/repositories",
        "/repositories/library",
        "/nowhere",
        "/assets/style.css",
        "/git/x.git/HEAD",
    ):
        headers = (await served.client.get(path)).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "localhost.evil"])
async def test_a_foreign_name_on_a_loopback_address_is_refused(served: Served, host: str) -> None:
    answer = await served.client.get("/repositories/library", headers={"Host": host})
    assert answer.status_code == 421
    assert "library" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:3000", "127.0.0.1", "[::1]", "[::1]:3000"])
async def test_the_machine_s_own_names_are_fine(served: Served, host: str) -> None:
    assert (await served.client.get("/healthz", headers={"Host": host})).status_code == 200


async def test_a_public_name_can_be_allowed(tmp_path: Path) -> None:
    async def readiness() -> list[str]:
        return []

    server = await serve_web(create_web_app(tmp_path, readiness, hosts=["Bot.example.org"]))
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        assert (await client.get("/healthz", headers={"Host": "bot.example.org"})).status_code == 200
        with structlog.testing.capture_logs() as logs:
            others = [await client.get("/healthz", headers={"Host": "other.example.org"}) for _ in range(2)]
    await server.stop()

    assert [answer.status_code for answer in others] == [421, 421]
    assert "Then set PLANTHREAD_PUBLIC_URL to the address" in others[0].text
    assert [one["name"] for one in logs] == ["other.example.org"]


async def test_a_failure_shows_the_number_of_its_log_entry_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def readiness() -> list[str]:
        raise RuntimeError("secret detail")

    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    server = await serve_web(create_web_app(tmp_path, readiness))
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        answer = await client.get("/readyz")
    await server.stop()
    assert answer.status_code == 500
    assert "secret" not in answer.text
    number = answer.text.partition("number ")[2][:8]
    assert number in capsys.readouterr().out


@pytest.mark.parametrize(
    ("failure", "status", "sentence"),
    [
        (
            OperationalError("SELECT secret", {}, Exception("no server")),
            503,
            "be read at the moment",
        ),
        (ProgrammingError("SELECT secret", {}, Exception("no table")), 500, "Something went wrong here (number "),
    ],
)
async def test_a_page_says_that_the_database_is_away_and_a_refused_statement_is_a_fault(
    tmp_path: Path, failure: SQLAlchemyError, status: int, sentence: str
) -> None:
    async def readiness() -> list[str]:
        raise failure

    server = await serve_web(create_web_app(tmp_path, readiness))
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        answer = await client.get("/readyz")
    await server.stop()
    assert answer.status_code == status
    assert sentence in answer.text
    assert "secret" not in answer.text


async def test_a_broken_repository_is_a_sentence(served: Served) -> None:
    (served.repositories / "library.git" / "HEAD").write_text("nonsense\n")
    answer = await served.client.get("/repositories/library")
    assert answer.status_code == 500
    assert "couldn&#39;t be read (number" in answer.text
