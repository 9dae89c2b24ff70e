"""Things called like classes that every generated service needs: lists, warnings, sequences."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.checks.entity_naming import TAKEN_CLASSES
from bot.documents.findings import Severity
from bot.planning.built_in.words.vocabulary import entity_name
from tests.planning.talking import propose, shape, talk


def test_lists_of_tasks_are_planned_under_a_free_name() -> None:
    proposal = propose(talk("lists with a name; tasks with a title; a task belongs to a list"))

    assert shape(proposal) == {"ListRecord": "name:str", "Task": "title:str list_record_id:int->ListRecord"}
    assert "“list” is called ListRecord: the service needs the name List itself" in proposal.assumptions
    assert [one for one in check_entity_specs(proposal.specs) if one.severity is Severity.ERROR] == []


def test_what_is_said_of_a_list_later_is_said_of_its_record() -> None:
    said = "lists with a name; tasks with a title; a task belongs to a list"
    changed = propose(talk(said, changes=("add a colour to lists",)))

    assert shape(changed)["ListRecord"] == "name:str colour:str"
    assert [entity.renamed_from for entity in changed.specs.entities] == [None, None]


@pytest.mark.parametrize("name", sorted(one for one in TAKEN_CLASSES if one.isalpha() and one[0].isupper()))
def test_no_word_makes_a_name_that_a_service_needs(name: str) -> None:
    assert entity_name(name.lower()) not in TAKEN_CLASSES
