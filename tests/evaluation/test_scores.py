"""What a planner is credited with, and what not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.evaluation.person import YOU_DECIDE, answer_of, talk_about
from bot.evaluation.scores import Score, Share, score, total
from bot.planning.conversation import Question
from tests.evaluation.briefs import BRIEF, GOOD, Scripted, small_brief


def scored(folder: Path, planner: Scripted) -> Score:
    brief = small_brief(folder)
    return score(brief, asyncio.run(talk_about(brief, planner)))


def test_a_good_plan_has_everything(tmp_path: Path) -> None:
    good = scored(
        tmp_path, Scripted(assumptions=("One copy only, no copies are told apart",), unread=("e-mail when late",))
    )

    for share in (good.entities, good.fields, good.types, good.optional, good.relations, good.rules, good.coverage):
        assert share.found == share.wanted > 0
    assert (good.extra, good.errors, good.failures) == (0, 0, 0)
    assert (good.assumed, good.silent) == (1, 1)


@pytest.mark.parametrize(
    ("old", "new", "name", "share"),
    [
        ("ENTITY: Item", "ENTITY: Thing", "entities", (2, 3)),
        ("  - label: str\n", "  - caption: str\n", "fields", (5, 6)),
        ("lent_on: date\n", "lent_on: datetime\n", "types", (5, 6)),
        ("Optional[date]", "date", "optional", (6, 7)),
        ("item_id: int (foreign", "item_id: int (unique, foreign", "relations", (1, 2)),
        ("RELATIONS:\n  - neighbours: Neighbour (ManyToMany)\n", "", "relations", (1, 2)),
        ("+ 14 days", "+ 15 days", "rules", (2, 3)),
        ("due_on = lent_on", "returned_on = lent_on", "rules", (2, 3)),
        ("FREE -> OUT | BROKEN, OUT -> FREE", "FREE -> OUT, OUT -> FREE", "rules", (2, 3)),
        ("  - one open Loan per item until returned_on\n", "", "rules", (2, 3)),
    ],
)  # fmt: skip
def test_what_is_wrong_costs_its_share(tmp_path: Path, old: str, new: str, name: str, share: tuple[int, int]) -> None:
    assert old in GOOD
    worse = scored(tmp_path, Scripted(GOOD.replace(old, new)))

    assert getattr(worse, name) == Share(found=share[0], wanted=share[1])


def test_a_join_of_its_own_is_many_to_many_too(tmp_path: Path) -> None:
    join = """
ENTITY: Keeping
FIELDS:
  - id: int (primary key)
  - item_id: int (foreign key to Item)
  - neighbour_id: int (foreign key to Neighbour)
"""
    joined = scored(tmp_path, Scripted(GOOD.replace("RELATIONS:\n  - neighbours: Neighbour (ManyToMany)\n", "") + join))

    assert joined.relations == Share(found=2, wanted=2)
    assert joined.extra == 0


def test_what_nobody_wanted_is_counted(tmp_path: Path) -> None:
    more = GOOD.replace("  - due_on: date\n", "  - due_on: date\n  - colour: str\n")
    more = more.replace("  - email:", "  - item_id: int (foreign key to Item)\n  - email:")
    more += "\nENTITY: Shed\nFIELDS:\n  - id: int (primary key)\n  - size: int\n"
    more = more.replace("+ 14 days\n", "+ 14 days\n  - delete only by item\n")
    worse = scored(tmp_path, Scripted(more))

    counts = worse.extra_entities, worse.extra_fields, worse.extra_relations, worse.extra_rules
    assert counts == (1, 1, 1, 1)
    assert "extra Shed" in worse.missed


def test_a_plan_that_fails_found_nothing(tmp_path: Path) -> None:
    failed = scored(tmp_path, Scripted(failure="I don't know which things."))

    assert failed.failures == 1
    assert failed.entities == Share(found=0, wanted=3)
    assert failed.silent == 2
    assert "I don't know which things." in failed.missed[0]


def test_an_ambiguity_is_asked_assumed_quoted_or_silent(tmp_path: Path) -> None:
    asked = scored(tmp_path, Scripted(GOOD, "Is there a fee?", assumptions=("No copies of a tool",)))
    quoted = scored(tmp_path, Scripted(GOOD, "I could not read “the fee, the copies”. Other words?"))
    unread = scored(tmp_path, Scripted(unread=("copies are numbered",)))

    assert (asked.asked, asked.assumed, asked.quoted, asked.silent) == (1, 1, 0, 0)
    assert (quoted.asked, quoted.assumed, quoted.quoted, quoted.silent) == (0, 0, 2, 0)
    assert (unread.asked, unread.assumed, unread.quoted, unread.silent) == (0, 0, 1, 1)


def test_behaviour_beyond_rules_is_held_or_quoted(tmp_path: Path) -> None:
    assert scored(tmp_path, Scripted()).custom == Share(found=0, wanted=1)
    quoted = Scripted(unread=("send an e-mail to the neighbour if the tool is late",))
    assert scored(tmp_path, quoted).custom == Share(found=1, wanted=1)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Do people need accounts?", "only neighbours log in"),
        ("Is a late fee due, and by which account?", "no fee"),
        ("How coffee is made?", YOU_DECIDE),
        ("Which colour?", YOU_DECIDE),
    ],
)
def test_the_person_answers_what_the_question_speaks_of(tmp_path: Path, question: str, answer: str) -> None:
    assert answer_of(Question(id="q", text=question, reason=""), small_brief(tmp_path)) == answer


def test_a_planner_that_never_stops_asking_is_stopped(tmp_path: Path) -> None:
    talk = asyncio.run(talk_about(small_brief(tmp_path), Scripted(GOOD, *(f"Number {n}?" for n in range(99)))))

    assert talk.rounds == len(talk.questions) == 20
    assert talk.proposal is not None


def test_scores_add_up(tmp_path: Path) -> None:
    one = scored(tmp_path, Scripted(GOOD, "A fee?"))

    both = total([one, one])

    assert both.fields == Share(found=12, wanted=12)
    assert both.questions == 2
    assert total([]) == Score()


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("create only while item.state is FREE", 1),
        ("create only while item_id.state is FREE | OUT", 1),
        ("create only while item.label is FREE", 0),
        ("update only while state is FREE", 0),
        ("delete only by item", 0),
    ],
)
def test_what_depends_on_a_status_is_found_along_its_key(tmp_path: Path, rule: str, found: int) -> None:
    head, rules, rest = BRIEF.partition("[[rules]]\n")
    wanted = 'form = "while"\nentity = "Loan"\nwords = "a broken tool is not lent"\nfields = ["tool_id", "state"]\n'
    brief = small_brief(tmp_path, text=f"{head}{rules}{wanted}{rules}{rest}")
    planner = Scripted(GOOD.replace("+ 14 days\n", f"+ 14 days\n  - {rule}\n"))

    assert score(brief, asyncio.run(talk_about(brief, planner))).rules == Share(found=3 + found, wanted=4)
