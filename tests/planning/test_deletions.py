"""What deleting a thing does to the records that name it: refused, deleted with it, or kept without it."""

from __future__ import annotations

import pytest

from bot.documents.entities.entity_specs import EntityField, OnDelete
from bot.planning.built_in.phrases.deletions import read_deletion
from bot.planning.conversation import Proposal
from tests.planning.talking import propose, quoted, talk

HIVES = "hives with a colour; sessions with a date; a hive has many sessions"
SAYINGS = [
    ("A hive can't be deleted while it has sessions.", OnDelete.RESTRICT),
    ("You can't delete a hive that has sessions", OnDelete.RESTRICT),
    ("a hive with sessions can't be removed", OnDelete.RESTRICT),
    ("A hive can only be deleted when it has no sessions left", OnDelete.RESTRICT),
    ("Nobody may delete a hive while it still has sessions", OnDelete.RESTRICT),
    ("A hive can't be deleted while there are sessions for it", OnDelete.RESTRICT),
    ("deleting a hive deletes its sessions", OnDelete.CASCADE),
    ("When a hive is deleted, its sessions are deleted too.", OnDelete.CASCADE),
    ("sessions are deleted with their hive", OnDelete.CASCADE),
    ("If a hive is removed, so are its sessions", OnDelete.CASCADE),
    ("When a hive is removed its sessions stay.", OnDelete.SET_NULL),
    ("sessions stay when their hive is deleted", OnDelete.SET_NULL),
]


def hive_of(proposal: Proposal) -> EntityField:
    session = proposal.specs.entity("Session")
    found = session.field("hive_id") if session else None
    assert found is not None
    return found


@pytest.mark.parametrize(("said", "kind"), SAYINGS)
@pytest.mark.parametrize("where", ["messages", "changes"])
def test_what_deleting_does_is_kept_in_the_link(said: str, kind: OnDelete, where: str) -> None:
    proposal = propose(talk(HIVES, said) if where == "messages" else talk(HIVES, changes=(said,)))

    assert hive_of(proposal).on_delete is kind
    assert hive_of(proposal).optional is (kind is OnDelete.SET_NULL)
    assert quoted(proposal) == []
    assert any(said.strip(".") in note and "delet" in note.lower() for note in proposal.decisions)


def test_the_last_word_holds() -> None:
    later = ("deleting a hive deletes its sessions", "a hive with sessions can't be deleted")

    assert hive_of(propose(talk(HIVES, changes=later))).on_delete is OnDelete.RESTRICT


@pytest.mark.parametrize("said", ["a hive with sessions can't be deleted", "deleting a hive deletes its sessions"])
def test_it_is_taken_back_by_its_words(said: str) -> None:
    proposal = propose(talk(f"{HIVES}; {said}", changes=(f"drop the rule “{said}”",)))

    assert hive_of(proposal).on_delete is None
    assert quoted(proposal) == []
    assert [note for note in proposal.decisions if said in note] == [f"“drop the rule “{said}”” (Jon)"]


@pytest.mark.parametrize(
    "said",
    [
        "a hive can't be deleted while it has open sessions",
        "a hive can't be deleted while it has bees",
        "A haunted hive can't be deleted",
    ],
)
def test_what_the_link_can_not_say_is_quoted(said: str) -> None:
    proposal = propose(talk(HIVES, said))

    assert hive_of(proposal).on_delete is None
    assert quoted(proposal) == [said]


def test_a_removal_that_is_asked_for_is_none() -> None:
    assert read_deletion("delete the hive") is None
    assert read_deletion("sessions are deleted") is None


TABLES = (
    "CREATE TABLE hive (id serial primary key, colour text not null);\n"
    "CREATE TABLE session (id serial primary key, {});"
)
NAMES = "references hive(id) on delete"


@pytest.mark.parametrize(
    ("column", "kind", "left"),
    [
        (f"hive_id int not null {NAMES} cascade", OnDelete.CASCADE, ""),
        (f"hive_id int {NAMES} set null", OnDelete.SET_NULL, ""),
        (f"hive_id int not null {NAMES} restrict", OnDelete.RESTRICT, ""),
        (f"hive_id int not null {NAMES} no action", None, ""),
        (f"hive_id int not null {NAMES} set null", OnDelete.RESTRICT, "ON DELETE SET NULL (it is NOT NULL"),
        (f"hive_id int {NAMES} set default", None, "ON DELETE SET DEFAULT"),
        (f"hive_id int, foreign key (hive_id) {NAMES} set default", None, "ON DELETE SET DEFAULT"),
        (f"hive_id int not null, foreign key (hive_id) {NAMES} set null", OnDelete.RESTRICT, "ON DELETE SET NULL"),
    ],
)
def test_pasted_tables_say_it_too_and_what_has_no_place_is_quoted(
    column: str, kind: OnDelete | None, left: str
) -> None:
    proposal = propose(talk(TABLES.format(column)))

    assert hive_of(proposal).on_delete is kind
    assert [left.lower() in piece.lower() for piece in quoted(proposal)] == ([True] if left else [])
