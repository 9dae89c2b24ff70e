"""What several columns say together stays an open task with the whole sentence: in SQL, in words, as a change."""

from __future__ import annotations

import pytest

from bot.planning.conversation import Proposal
from bot.planning.dropped_files import read_dropped
from tests.planning.talking import asked, propose, shape, talk

SHOWS = """
CREATE TABLE halls (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE shows (
  id serial PRIMARY KEY,
  hall_id int NOT NULL REFERENCES halls(id),
  number int NOT NULL,
  opens_on date NOT NULL DEFAULT CURRENT_DATE,
  closes_on date,
  sold int,
  places int{}
);
"""
PLAIN = SHOWS.format("")
ONCE = "no two shows have the same hall and number"


def open_tasks(proposal: Proposal) -> list[tuple[str, str]]:
    """Return each open task: the words of its rule, and what was understood of it."""
    return [
        (one.title.strip("“”"), one.details[1].removeprefix("It was understood as: ").rstrip("."))
        for one in proposal.custom
    ]


@pytest.mark.parametrize(
    ("clause", "understood"),
    [
        ("UNIQUE (hall_id, number)", ONCE),
        ("CHECK (closes_on >= opens_on)", "closes_on of a show is never before its opens_on"),
        ("CHECK (closes_on > opens_on)", "closes_on of a show is never before or at its opens_on"),
        ("CHECK (sold <= places)", "sold of a show is at most its places"),
    ],
)
def test_a_constraint_over_several_columns_is_an_open_task(clause: str, understood: str) -> None:
    conversation = talk("theatre", SHOWS.format(f", {clause}"))
    proposal = propose(conversation)
    assert open_tasks(proposal) == [(f"Show: {clause}", understood)]
    assert shape(proposal) == shape(propose(talk("theatre", PLAIN)))
    assert not [piece for piece in proposal.unread if clause in piece]
    assert "409" in proposal.custom[0].done


@pytest.mark.parametrize(
    "said",
    [
        "The number is unique per hall",
        "The number must be unique within a hall",
        "The hall and the number together are unique",
        "The combination of hall and number must be unique",
        "No two shows of the same hall may have the same number",
        "make the number unique per hall",
    ],
)
@pytest.mark.parametrize("is_change", [False, True])
def test_what_is_unique_together_in_words_is_an_open_task(said: str, *, is_change: bool) -> None:
    conversation = talk("theatre", PLAIN, changes=(said,)) if is_change else talk("theatre", PLAIN, said)
    proposal = propose(conversation)
    ((title, understood),) = open_tasks(proposal)
    assert title == said
    assert understood in {ONCE, "no two shows have the same number and hall"}
    assert shape(proposal) == shape(propose(talk("theatre", PLAIN)))
    assert "unread" not in asked(conversation)


def test_a_sentence_that_says_what_a_constraint_says_is_told_beside_it() -> None:
    said = "closes_on must not be before opens_on"
    proposal = propose(talk("theatre", SHOWS.format(", CHECK (closes_on >= opens_on)"), said))
    (task,) = proposal.custom
    assert task.details[-1] == f"It was also said as: “{said}”."
    assert any(note.startswith(f"“{said}” says the same as “Show: CHECK") for note in proposal.assumptions)


def test_a_computed_default_says_what_is_so_instead() -> None:
    proposal = propose(talk("theatre", PLAIN))
    assert proposal.unread == ("Show.opens_on: DEFAULT CURRENT_DATE (not filled in by itself: it must be given)",)


def test_a_dropped_file_says_what_becomes_of_its_constraints() -> None:
    (file,) = read_dropped([("shows.sql", SHOWS.format(", UNIQUE (hall_id, number)").encode())]).files
    assert "“Show: UNIQUE (hall_id, number)”: kept as open tasks, for a model or a person to write" in file.problem
    assert "UNIQUE" not in file.problem.partition("No template builds")[0]
