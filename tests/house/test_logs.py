"""The log: a line of JSON an event, whoever writes it; the same again ever more seldom; what happens to plans."""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from bot.logs import FIRST_GAP, HANDLER, LONGEST_GAP, Seldom, configure_logging
from bot.store.database import Database, DatabaseHeld
from bot.store.tables import Plan
from bot.workflow.stages import Hold, PlanStage, hold, move

SECRET = "xoxb-1234567890-hushhushhush"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Put the logging of other tests back."""
    root, engine, before = logging.getLogger(), logging.getLogger("dbos"), structlog.get_config()
    level, handlers, propagates = root.level, list(engine.handlers), engine.propagate
    yield
    structlog.configure(**before)
    logging.captureWarnings(False)
    for ours in [one for one in root.handlers if one.name == HANDLER]:
        root.removeHandler(ours)
    root.setLevel(level)
    logging.getLogger(HANDLER).setLevel(logging.NOTSET)
    engine.handlers[:], engine.propagate = handlers, propagates


def lines(told: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in told.readouterr().err.splitlines()]


def fail(logger: str, words: str, error: Exception) -> None:
    try:
        raise error
    except type(error):
        logging.getLogger(logger).exception(words)


def test_what_packages_log_is_a_line_of_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    fail("slack_bolt.AsyncApp", "Failed to run a listener\n[SQL: BEGIN]", ZeroDivisionError(f"with {SECRET}"))
    logging.getLogger("dbos").warning("a workflow was %s", "cancelled")
    structlog.get_logger("bot").info("ready", token=SECRET)

    listener, engine, ours = lines(capsys)
    assert listener["event"] == "Failed to run a listener\n[SQL: BEGIN]"
    assert "ZeroDivisionError: with [redacted Slack token]" in listener["exception"]
    assert (engine["event"], engine["level"]) == ("a workflow was cancelled", "warning")
    assert (ours["event"], ours["token"]) == ("ready", "[redacted Slack token]")


def test_who_can_not_be_reached_is_one_line_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    fail("slack_bolt.AsyncApp", "Failed to connect: session s_1", ConnectionRefusedError(111, "refused"))

    (line,) = lines(capsys)
    assert (line["event"], line["reason"]) == ("Failed to connect", "ConnectionRefusedError: [Errno 111] refused")
    assert "exception" not in line


def test_the_same_is_told_after_ever_longer_gaps_and_at_once_when_it_had_been_well() -> None:
    now = 0.0
    seldom = Seldom(lambda: now)
    told: list[tuple[float, int]] = []
    while now < 4 * LONGEST_GAP:
        record = logging.LogRecord("slack_sdk", logging.ERROR, "", 0, f"can't connect: session {now}", (), None)
        if seldom.filter(record):
            told.append((now, getattr(record, "untold", 0)))
        now += 2
    gaps = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(told)]
    assert gaps[:4] == [FIRST_GAP, 2 * FIRST_GAP, 4 * FIRST_GAP, 8 * FIRST_GAP]
    assert max(gaps) <= LONGEST_GAP
    assert [untold for _, untold in told[:3]] == [0, 4, 9]

    now += 3 * LONGEST_GAP
    assert seldom.filter(logging.LogRecord("slack_sdk", logging.ERROR, "", 0, "can't connect: again", (), None))
    assert seldom.filter(logging.LogRecord("bot", logging.ERROR, "", 0, "can't connect: ours", (), None))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OperationalError("SELECT 1", {}, ConnectionError("server closed the connection")), "server closed the"),
        (DatabaseHeld(), "it is locked"),
        (PermissionError(13, "Permission denied", "/data/work"), "PermissionError: [Errno 13] Permission denied"),
    ],
)
def test_what_is_away_is_a_line_and_not_each_time_and_a_fault_of_ours_has_its_place_in_the_code(
    capsys: pytest.CaptureFixture[str], error: Exception, reason: str
) -> None:
    configure_logging()
    ours = structlog.get_logger("bot")
    for number in range(3):
        try:
            raise error
        except type(error):
            ours.exception("reconciling failed", error_id=f"{number}")
            with structlog.contextvars.bound_contextvars(plan=f"p{number // 2}"):
                ours.exception("a run failed")
            logging.getLogger("web.server").exception("Exception in ASGI application\n")
            logging.getLogger("chat.framework").exception(f"Failed to run listener function (error: {number})")
    fail("bot", "a fault", ZeroDivisionError())

    *away, fault = lines(capsys)
    assert [one["event"] for one in away if "plan" not in one] == [
        "reconciling failed",
        "Exception in ASGI application",
        "Failed to run listener function",
    ]
    assert all(one["reason"].startswith(reason) and "exception" not in one for one in away)
    assert [one["plan"] for one in away if "plan" in one] == ["p0", "p1"], "each plan's failure is told"
    assert "ZeroDivisionError" in fault["exception"]


async def test_what_happens_to_a_plan_carries_its_id_and_no_words_once_it_is_true(
    capsys: pytest.CaptureFixture[str], database: Database
) -> None:
    configure_logging()
    async with database.write() as session:
        plan = Plan(id="p1", workspace="T1", channel="C1", handle="a", title="A", stage="building", starter="U1")
        session.add(plan)
        await session.flush()
        move(session, plan, PlanStage.DELIVERED, "U1")
        hold(session, plan, Hold.BLOCKED, "what somebody said", "U1")
    with contextlib.suppress(RuntimeError):
        async with database.write() as session:
            move(session, await session.get_one(Plan, "p1"), PlanStage.IN_REVIEW, "U1")
            raise RuntimeError

    stage, held = lines(capsys)
    assert (stage["event"], stage["plan"], stage["after"]) == ("plan: stage", "p1", "delivered")
    assert (held["event"], held["plan"], held["hold"]) == ("plan: hold", "p1", "blocked")
    assert "somebody" not in json.dumps(held)


def test_a_conversation_in_the_terminal_is_not_interrupted_by_them(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("text", tells_plans=False)
    logging.getLogger(HANDLER).info("plan: stage")
    assert capsys.readouterr().err == ""
