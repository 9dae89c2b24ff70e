"""A role is one of the people, where they are one thing: the assignee of an issue is a user."""

from __future__ import annotations

import pytest

from tests.planning.talking import propose, shape, talk

ROLES = {
    "Issues have a title, reporter and assignee. Users have a name.": (
        "Issue", "title:str reporter_id:int->User assignee_id:int->User",
    ),
    "Each class has a trainer and a title. Employees have a name.": (
        "Class", "trainer_id:int->Employee title:str",
    ),
    "Projects have a name and a project manager (optional). People have a name.": (
        "Project", "name:str project_manager_id:int?->Person",
    ),
    "Tasks have a title, a creator and can be assigned to a user. Users have a name.": (
        "Task", "title:str creator_id:int->User assignee_id:int?->User",
    ),
    "Pets have a name and an owner. Users have a name.": ("Pet", "name:str owner_id:int->User"),
    "Machines: code, technician. Employees: name.": ("Machine", "code:str technician_id:int->Employee"),
}  # fmt: skip
TEXTS = {
    "Vehicles have a plate and an owner. Employees have a name.": ("Vehicle", "owner:str"),
    "Issues have a title and an assignee. Parts have a name.": ("Issue", "assignee:str"),
    "Books have a title and an author. Users have a name.": ("Book", "author:str"),
    "Issues have a title and an assignee. Users have a name. Employees have a name.": ("Issue", "assignee:str"),
}  # fmt: skip


@pytest.mark.parametrize("text", ROLES)
def test_a_role_names_one_of_the_people(text: str) -> None:
    name, fields = ROLES[text]
    proposal = propose(talk(text))

    assert shape(proposal)[name] == fields


@pytest.mark.parametrize("text", TEXTS)
def test_where_it_is_not_sure_who_is_meant_it_stays_a_text(text: str) -> None:
    name, field = TEXTS[text]

    assert field in shape(propose(talk(text)))[name].replace("!", "").split()


def test_a_role_is_said_as_an_assumption() -> None:
    proposal = propose(talk("Issues have a title and an assignee. Users have a name."))

    assert "The assignee of an issue is a user" in proposal.assumptions
