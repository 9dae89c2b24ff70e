"""Sentences about who asked to be forgotten: nobody is addressed, and “somebody” reads well wherever it stands."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bot.slack.answers import says
from bot.slack.blocks.edited import edits_told
from bot.slack.texts import addressed, mention, people, render
from bot.store.tables import MessageEdit
from bot.workflow.forgotten import new_tombstone
from tests.workflow.office import JON, MARA

GONE, ALSO_GONE, LAST = new_tombstone(), new_tombstone(), new_tombstone()
PLAN = SimpleNamespace(starter=GONE, title="Library", phases=(), delivered_at=None)


def test_who_was_forgotten_is_somebody_and_somebody_else() -> None:
    assert mention(GONE) == "somebody"
    assert mention(GONE, starts=True) == "Somebody"
    assert mention(MARA, starts=True) == f"<@{MARA}>"
    assert people([GONE, ALSO_GONE]) == "somebody or somebody else"
    assert people([GONE, JON, ALSO_GONE, LAST], " and ", starts=True) == f"<@{JON}> and somebody and somebody else"
    assert people([GONE], starts=True) == "Somebody"


def test_a_sentence_addresses_only_who_is_there() -> None:
    assert addressed(MARA) == f"<@{MARA}> "
    assert addressed(GONE) == ""


@pytest.mark.parametrize(
    ("name", "values", "begins"),
    [
        ("notice", {"settled": False, "plan": PLAN, "sentence": "Look."}, "🔎 *Library*: Look."),
        ("problem", {"current": True, "plan": PLAN, "sentence": "Look.", "tail": ""}, "⛔ *Library*: Look."),
        (
            "unchanged",
            {"person": GONE, "plan": PLAN, "sentence": "Look.", "review": 1},
            "Nothing changes in *Library*. Look.",
        ),
        (
            "export",
            {"person": GONE, "plan": PLAN, "format": "all", "lost": [], "rule_forms": []},
            "*Library*: its documents",
        ),
    ],
)
def test_a_message_to_who_was_forgotten_begins_with_what_it_is_about(
    name: str, values: dict[str, object], begins: str
) -> None:
    assert render(name, **values).startswith(begins)
    for key, was in values.items():
        if was == GONE:
            assert render(name, **values | {key: MARA}).startswith(f"<@{MARA}> {begins}")


def test_a_private_answer_that_begins_with_them_begins_as_a_sentence() -> None:
    assert says(f"<@{GONE}> answered that already.").text == "Somebody answered that already."
    assert says(f"It was <@{GONE}> who answered.").text == "It was somebody who answered."


def test_a_line_of_a_review_begins_with_a_capital() -> None:
    edit = MessageEdit(workspace="T1", plan_id="p", key="k", person=GONE, was="a", words="b", criteria=["1.1"])
    (line,) = edits_told([edit])
    assert line == "Somebody edited what 1.1 came from: see the message in the thread"
