"""A dropped requirements.md without a model beside it: its stories and criteria are read as what was said."""

from __future__ import annotations

import pytest

from bot.planning.dropped_files import FileKind, read_dropped
from tests.planning.talking import asked, enums, interview, propose, quoted, shape, talk

HEAD = "# Requirements Document\n\n## Introduction\n\nThe clinic looks after its patients.\n\n## Requirements\n"
WARDS = """
### Requirement 1: Wards

**User Story:** As a head nurse, I want to keep wards with a name, a floor and a number of beds, so that all find them.

#### Acceptance Criteria

1. WHEN a nurse adds a ward, THE System SHALL store its name and floor.
2. WHEN a nurse asks for the wards, THE System SHALL list them by name.
3. IF a ward has no name, THEN THE System SHALL refuse it.
"""
PATIENTS = """
### Requirement 2: Patients

**User Story:** As a nurse, I want to register patients with a surname and a state, which is admitted, treated or
released, so that I know whom to look after.

#### Acceptance Criteria

1. Each patient SHALL belong to one ward.
2. A patient SHALL go from admitted to treated, and from treated to released.
3. THE System SHALL ensure that the surname of a patient is unique.
"""
RINGS = """
### Requirement 3: Bells

#### Acceptance Criteria

1. WHEN a patient is admitted, THE System SHALL ring the bell of the ward.
2. WHEN a patient is released, THE System SHALL refuse a treatment of it.
"""
OPENING = "plan this for our village clinic"


def test_things_fields_links_and_rules_come_from_stories_and_criteria() -> None:
    conversation = talk(OPENING, HEAD + WARDS + PATIENTS)
    proposal = propose(conversation)
    assert shape(proposal) == {
        "Ward": "name:str floor:int number_of_beds:int",
        "Patient": "surname:str! state:PatientState ward_id:int->Ward",
    }
    assert enums(proposal) == {"PatientState": ("admitted", "treated", "released")}
    assert [rule.kind for entity in proposal.specs.entities for rule in entity.rules] == ["transition"]
    assert quoted(proposal) == []
    assert not {"things", "unread"} & set(asked(conversation))


def test_what_neither_was_read_nor_follows_stays_in_the_review() -> None:
    proposal = propose(talk(OPENING, HEAD + WARDS + PATIENTS + RINGS))
    assert proposal.unread == (
        "Criterion 3.1: WHEN a patient is admitted, THE System SHALL ring the bell of the ward.",
    )
    assert [one.details[0] for one in proposal.custom] == [
        "The rule as it was said: “WHEN a patient is released, THE System SHALL refuse a treatment of it”."
    ]


def test_a_criterion_that_refuses_what_may_be_missing_is_not_covered() -> None:
    optional = WARDS.replace("a floor", "an optional floor").replace("no name", "no floor")
    (told,) = quoted(propose(talk(OPENING, HEAD + optional)))
    assert told == "IF a ward has no floor, THEN THE System SHALL refuse it"


def test_pointing_at_the_document_makes_no_thing_of_it() -> None:
    said = "It's all in the requirements.md that I dropped, please read it"
    plain, pointed = (propose(talk(OPENING, HEAD + WARDS, *more)) for more in ((), (said,)))
    assert (shape(pointed), pointed.unread) == (shape(plain), ())


def test_a_model_beside_the_document_says_what_there_is() -> None:
    model = "CREATE TABLE wards (id serial PRIMARY KEY, name text NOT NULL);"
    for messages in ((HEAD + WARDS, model), (model, HEAD + WARDS)):
        assert shape(propose(talk(OPENING, *messages))) == {"Ward": "name:str"}


def test_a_document_that_is_dropped_later_asks_for_what_it_says() -> None:
    proposal = propose(talk("clinic: wards with a name", changes=(HEAD + PATIENTS,)))
    assert shape(proposal)["Patient"] == "surname:str! state:PatientState ward_id:int->Ward"


def test_stories_in_other_words_than_the_form_are_notes_that_are_read() -> None:
    text = "# Requirements\n\n- As a nurse, I want to keep wards with a name, so that all find them.\n"
    (file,) = read_dropped([("requirements.md", text.encode())]).files
    assert (file.kind, file.problem) == (FileKind.NOTES, "")
    assert shape(propose(talk(OPENING, file.text))) == {"Ward": "name:str"}


@pytest.mark.parametrize(
    "story",
    ["As a nurse, I want to see my patients, so that I know them.", "As a nurse, I want to print the list of wards."],
)
def test_a_story_that_keeps_nothing_adds_no_thing(story: str) -> None:
    document = HEAD + WARDS + f"\n### Requirement 2: More\n\n**User Story:** {story}\n"
    assert set(shape(propose(talk(OPENING, document)))) == {"Ward"}


def test_whom_it_is_planned_for_is_its_name_until_things_are_known() -> None:
    assert interview(talk(OPENING)).title == "Village clinic"
