"""There is one list of what people are called, and all who read of people know all of it."""

from __future__ import annotations

import pytest

from bot.planning.built_in.drafts.draft import Draft, Said
from bot.planning.built_in.drafts.persons import is_person, only_person
from bot.planning.built_in.words import deed_nouns
from bot.planning.built_in.words.people_words import GROUPS, PEOPLE
from tests.planning.talking import propose, shape, talk


@pytest.mark.parametrize("noun", ["tenant", "donor", "midwife", "nurse", "runner", "clerk", "supplier", "soldier"])
def test_whoever_reads_of_people_knows_all_of_them(noun: str) -> None:
    draft = Draft()
    draft.entity(noun.title().replace(" ", ""), Said("Mara", noun))
    assert deed_nouns.is_person(noun)
    assert [is_person(entity) for entity in draft.entities.values()] == [True]


@pytest.mark.parametrize("noun", sorted(GROUPS))
def test_a_group_does_things_and_is_nobody_who_owns_them(noun: str) -> None:
    draft = Draft()
    draft.entity(noun.title(), Said("Mara", noun))
    assert deed_nouns.is_person(noun)
    assert only_person(draft) is None
    assert not GROUPS & PEOPLE


@pytest.mark.parametrize("who", ["clerk", "midwife", "tenant", "singer"])
def test_what_people_have_of_their_own_names_them(who: str) -> None:
    said = f"We keep our {who}s and their memberships. A {who} has a name. A membership has a start date."
    assert f"{who}_id:int->{who.title()}" in shape(propose(talk(said)))["Membership"]
