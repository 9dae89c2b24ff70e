"""A workspace's house rules: shipped until changed, a revision a change, refused while they are wrong."""

from __future__ import annotations

import ast

import pytest

from bot.documents.findings import has_errors
from bot.documents.fingerprint import fingerprint
from bot.planning.model.written_files import CODE_CHECKS, wrong_files
from bot.planning.shipped_rules import shipped_house_rules, shipped_text
from bot.store.database import Database
from bot.workflow.house_rules import (
    HouseRulesRefused,
    change_house_rules,
    current_house_rules,
    describe_checks,
    house_rules_revisions,
    is_check,
    judge_house_rules,
)
from bot.workflow.refusals import Refused

OURS = "# Ours\n\n- H1: Speak of loans, never of lendings\n"
THEIRS = "# Theirs\n\n- H1: Speak of tickets (checked by mypy)\n"


def test_what_ships_is_filled_and_nothing_is_wrong_with_it() -> None:
    assert judge_house_rules(shipped_text()) == ()
    rules = shipped_house_rules().rules()
    assert len(rules) >= 30
    assert any(rule.checks for rule in rules)
    assert any(not rule.checks for rule in rules)


async def test_the_shipped_rules_hold_until_somebody_changes_them(database: Database) -> None:
    async with database.write() as session:
        before = await current_house_rules(session, "T1")
        await change_house_rules(session, "T1", OURS, "U1", upon=0)
    async with database.read() as session:
        mine, other = await current_house_rules(session, "T1"), await current_house_rules(session, "T2")

    assert (before.revision, before.text, before.changed_by, before.at) == (0, shipped_text(), "", None)
    assert (mine.revision, mine.text, mine.changed_by) == (1, OURS, "U1")
    assert mine.fingerprint == fingerprint(OURS)
    assert mine.at is not None
    assert mine.document.lines() == ("H1: Speak of loans, never of lendings",)
    assert other.revision == 0


async def test_each_change_is_a_revision_and_the_same_text_is_none(database: Database) -> None:
    for text, person in ((OURS, "U1"), (OURS, "U2"), (THEIRS, "U2"), (shipped_text(), "U3")):
        async with database.write() as session:
            await change_house_rules(session, "T1", text, person)

    async with database.read() as session:
        rows = await house_rules_revisions(session, "T1")
    assert [(row.revision, row.changed_by) for row in rows] == [(3, "U3"), (2, "U2"), (1, "U1")]


async def test_what_is_wrong_changes_nothing_and_says_where(database: Database) -> None:
    wrong = "- H1: fine\n- H2: types (checked by mypi)\n- H1: again\n"
    with pytest.raises(HouseRulesRefused) as caught:
        async with database.write() as session:
            await change_house_rules(session, "T1", wrong, "U1")

    assert [(finding.rule, finding.place.line) for finding in caught.value.findings] == [("PT702", 1), ("PT703", 2)]
    assert str(caught.value) == (
        "The house rules are as they were. H1 is the id of 2 rules. Give all but one a free id. And 1 more."
    )
    async with database.read() as session:
        assert (await current_house_rules(session, "T1")).revision == 0


async def test_one_thing_that_is_wrong_is_told_alone(database: Database) -> None:
    with pytest.raises(HouseRulesRefused, match=r"“mypi”.*, or take the mark out\.$"):
        async with database.write() as session:
            await change_house_rules(session, "T1", "- H2: types (checked by mypi)\n", "U1")


async def test_the_newest_revisions_are_read_as_many_as_asked_for(database: Database) -> None:
    for text in (OURS, THEIRS):
        async with database.write() as session:
            await change_house_rules(session, "T1", text, "U1")

    async with database.read() as session:
        newest = await house_rules_revisions(session, "T1", most=1)
    assert [row.text for row in newest] == [THEIRS]


def test_findings_name_the_file_that_they_are_in() -> None:
    """A text without a rule has no line to name, a wrong one has."""
    for text in ("", "- H1: types (checked by mypi)\n"):
        assert [finding.place.file for finding in judge_house_rules(text)] == ["house_rules.md"]
        assert [finding.place.file for finding in judge_house_rules(text, "ours.md")] == ["ours.md"]


def test_the_checks_that_a_rule_may_name_are_told_with_what_each_sees_to() -> None:
    checks = describe_checks()

    assert ": ASYNC, B, C4," in checks["ruff CODE"]
    assert "mypy" in checks
    assert checks["PT318"] == "A plan is synchronous or asynchronous, not both"
    assert {name[:3] for name in checks if name.startswith("PT")} == {"PT3", "PT6"}


async def test_two_people_who_change_them_at_once_lose_nothing(database: Database) -> None:
    async with database.write() as session:
        await change_house_rules(session, "T1", OURS, "U1", upon=0)
    with pytest.raises(Refused, match="<@U1> changed the house rules meanwhile: they are at revision 1, and you saw 0"):
        async with database.write() as session:
            await change_house_rules(session, "T1", THEIRS, "U2", upon=0)

    async with database.read() as session:
        assert (await current_house_rules(session, "T1")).text == OURS


async def test_secrets_and_what_no_database_takes_are_never_kept(database: Database) -> None:
    async with database.write() as session:
        kept = await change_house_rules(
            session, "T1", "- H1: use xoxb-1234567890-abc \0 here\n- H2: \ud800 there\n", "U1"
        )

    assert kept.text == "- H1: use [redacted Slack token] \ufffd here\n- H2: ? there\n"


@pytest.mark.parametrize(
    ("name", "exists"),
    [
        ("mypy", True),
        ("ruff format --check", True),
        ("ruff DTZ", True),
        ("ruff DTZ005", True),
        ("code asserts", True),
        ("PT318", True),
        ("ruff ANN001", False),  # ruff has it, generated services don't turn it on
        ("ruff DTZ999", False),  # it would be on, and ruff has no such rule
        ("ruff D", False),  # only some of it are on
        ("ruff CODE", False),
        ("ruff", False),
        ("DTZ", False),
        ("PT999", False),
        ("", False),
    ],
)
def test_a_mark_is_believed_only_where_the_check_is_there(name: str, exists: bool) -> None:
    assert is_check(name) is exists


def test_every_check_of_written_code_refuses_something() -> None:
    """A rule may name any of them, so each must be one that can fail."""
    test = "def test_it() -> None:\n    assert True\n"
    broken = {
        "code files": [("a.py", "")],
        "code secrets": [("a.py", 'TOKEN = "xoxb-1234567890-abcdef"\n')],
        "code imports": [("a.py", "import subprocess\n")],
        "code calls": [("a.py", "eval('1')\n")],
        "code unfinished": [("a.py", "raise NotImplementedError\n")],
        "code asserts": [("test_a.py", "def test_it() -> None:\n    pass\n")],
    }
    assert set(broken) == set(CODE_CHECKS) <= set(describe_checks())
    assert wrong_files([("test_a.py", test)], ["test_a.py"], {}) == []
    for files in broken.values():
        ast.parse(files[0][1])
        assert wrong_files(files, [files[0][0]], {})


def test_a_mark_that_nothing_stands_behind_is_an_error() -> None:
    assert has_errors(judge_house_rules(shipped_text().replace("checked by mypy", "checked by pyright")))
