"""The short form of entities: what people see of them, what stays as it was, and what is wrong at which line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_specs import SCALAR_TYPES, Entity, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.entities.field_types import written_type
from bot.documents.entities.short_form import write_short_form
from bot.documents.entities.short_form_reader import ShortFormReading, read_short_form
from tests.documents.strategies import entity_specs, hostile_values
from tests.generation.samples import everything, library, owned, ruled

LIBRARY = """
ENTITY: Member (account)
TABLE: people
FIELDS:
- id: UUID (primary key, auto-generated)
- name: str (max 200)
- joined_by: str (for audit)
- note: Optional[str]
- created_at: datetime
- updated_at: datetime
API_PATH: /api/v1/people
RELATIONS:
- loans: Loan (OneToMany)
- clubs: Club (ManyToMany)

ENTITY: Club
FIELDS:
- id: int (primary key, auto-generated)
- title: str
RELATIONS:
- members: Member (ManyToMany)

ENTITY: Loan
FIELDS:
- id: int (primary key, auto-generated)
- member_id: UUID (index, foreign key to Member, on delete cascade)
- status: State (enum, default LENT)
- due_on: date
- price: Decimal (min 0, digits 8 places 2)
- created_at: datetime
RELATIONS:
- member: Member (ManyToOne)
RULES:
- transition status: LENT -> BACK, BACK -> LENT

ENUM: State
VALUES: LENT, BACK
"""
SPECS = read_entity_specs(LIBRARY).specs
MEMBER, CLUB, LOAN = write_short_form(SPECS)


def edited(member: str = MEMBER, club: str = CLUB, loan: str = LOAN, further: str = "") -> ShortFormReading:
    """Return what comes of texts; those that are not given stay as they are."""
    return read_short_form(SPECS, [member, club, loan], further)


def told(reading: ShortFormReading) -> list[str]:
    """Return what is different, in sentences; there must be no problem."""
    assert not reading.problems
    return [*describe_changes(SPECS, reading.specs)]


def test_people_see_what_they_decide() -> None:
    assert MEMBER == "name: text (max 200)\nnote: text (optional)\nRELATIONS:\nclubs: Club (ManyToMany)"
    assert LOAN == (
        "member: Member (on delete cascade)\nstatus: LENT, BACK (default LENT)\ndue_on: date\n"
        "price: amount (min 0, digits 8 places 2)\nRULES:\ntransition status: LENT -> BACK, BACK -> LENT"
    )


def written(entity: Entity) -> str:
    """Return the type of the field that has a value, as the grammar writes it."""
    field = entity.field("value")
    return written_type(field.type, field.optional) if field else ""


@pytest.mark.parametrize("kind", [*SCALAR_TYPES, *(f"list[{name}]" for name in SCALAR_TYPES)])
def test_each_kind_is_written_as_it_is_read(kind: str) -> None:
    lists = f"ENTITY: Note\nFIELDS:\n- id: int (primary key)\n- value: {kind} (optional)"
    specs = read_entity_specs(lists.replace("Decimal (", "Decimal (digits 12 places 2, ")).specs
    (text,) = write_short_form(specs)
    assert not {"str", "int", "Decimal", "EmailStr", "bool", "HttpUrl", "12"} & {*re.findall(r"\w+", text)}
    for line in (text, f"value: {kind} (optional)"):
        reading = read_short_form(specs, [text], f"Copy\n{line}")
        assert not reading.problems
        assert {written(one) for one in reading.specs.entities} == {written(specs.entities[0])}


def test_a_kind_that_something_else_is_called_keeps_the_grammars_name() -> None:
    specs = read_entity_specs("ENTITY: Text\nFIELDS:\n- id: int (primary key)\n- body: str\n- size: int").specs
    assert write_short_form(specs) == ("body: str\nsize: number",)


@given(entity_specs())
@settings(max_examples=25, deadline=None)
def test_a_form_that_nobody_changed_gives_the_same_specs(specs: EntitySpecs) -> None:
    assert read_short_form(specs, write_short_form(specs)).specs == specs


@pytest.mark.parametrize("specs", [library(), everything(), ruled(), owned()])
def test_what_nobody_touched_of_a_service_stays_the_very_same(specs: EntitySpecs) -> None:
    """A thing that comes makes every other one be read again; what can be built comes back as it was."""
    reading = read_short_form(specs, write_short_form(specs), "Zebra77\nstripes: number")
    assert [*reading.specs.entities[: len(specs.entities)]] == [*specs.entities]
    assert reading.specs.enums == specs.enums


@given(st.lists(st.text() | hostile_values, min_size=3, max_size=3), st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_no_text_breaks_it(texts: list[str], further: str) -> None:
    reading = read_short_form(SPECS, texts, further)
    assert all(0 <= problem.text <= 3 and "\n" not in problem.message for problem in reading.problems)
    assert reading.problems or reading.specs.entities


@pytest.mark.parametrize(
    "text", ["x: y, \n" * 300, "a: b (" * 400, "- " * 1500, "RULES:\n" + "transition a: A -> B\n" * 140]
)
def test_many_lines_are_read_too(text: str) -> None:
    assert read_short_form(SPECS, [text, "`@everyone` <!channel>: \x00text", LOAN]).problems is not None


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("pages: number", "Club gains `pages`: int"),
        ("- pages?: int (min 1)", "Club gains `pages`: Optional[int] (min 1)"),
        ("fee: amount", "Club gains `fee`: Decimal (digits 12 places 2)"),
        ("fee: money (min 1, digits 6 places 2)", "Club gains `fee`: Decimal (min 1, digits 6 places 2)"),
        ("is_open: yes/no", "Club gains `is_open`: bool"),
        ("mail: e-mail (unique)", "Club gains `mail`: EmailStr (unique)"),
        ("site: link (optional)", "Club gains `site`: Optional[HttpUrl]"),
        ("meets: Date and time", "Club gains `meets`: datetime"),
        ("tags: list[text]", "Club gains `tags`: list[str]"),
        ("Head Office: text", "Club gains `head_office`: str"),
        ("mood: good, really bad (default good)", "The enum ClubMood is new, with good, really_bad"),
        ("mood: GOOD | BAD", "The enum ClubMood is new, with GOOD, BAD"),
        ("mood: GOOD, BAD, default BAD", "Club gains `mood`: ClubMood (enum, default BAD)"),
        ("lead: member (optional, unique)", "Club gains `lead_id`: Optional[UUID] (unique, foreign key to Member)"),
        ("lead: Member", "Club gains the relation `lead` to Member (ManyToOne)"),
        ("lead: Member", "Member changes the relation `clubs` to Club (OneToMany)"),
        ("parent: Club (optional)", "Club gains the relation `parent_clubs` to Club (OneToMany)"),
        ("state: State", "Club gains `state`: State (enum)"),
        ("stars: number from 1 to 5", "Club gains `stars`: int (min 1, max 5)"),
        ("stars: 1-5", "Club gains `stars`: int (min 1, max 5)"),
        ("stars: int (min 1 max 5)", "Club gains `stars`: int (min 1, max 5)"),
        ("stars: number (1 to 5, optional)", "Club gains `stars`: Optional[int] (min 1, max 5)"),
        ("stars: number 1–5, optional", "Club gains `stars`: Optional[int] (min 1, max 5)"),
        ("seats: whole number (up to 3)", "Club gains `seats`: int (max 3)"),
        ("seats: number at least 1 (default 2)", "Club gains `seats`: int (default 2, min 1)"),
        ("seats: number, 1 or more", "Club gains `seats`: int (min 1)"),
        ("fee: amount between 0.5 and 20", "Club gains `fee`: Decimal (min 0.5, max 20, digits 12 places 2)"),
        ("motto: text up to 80 characters", "Club gains `motto`: str (max 80)"),
        ('motto: text (default "1 to 5")', 'Club gains `motto`: str (default "1 to 5")'),
    ],
)  # fmt: skip
def test_a_line_says_a_field_in_plain_words(line: str, sentence: str) -> None:
    member = MEMBER.partition("\nRELATIONS")[0]
    reading = edited(member, club=f"title: str\n{line}")
    assert sentence in told(reading)


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ("LENT, BACK (", "lent, BACK, very late (", ["State gains the value VERY_LATE"]),
        ("due_on: date", "due_on: date and time", ["`due_on` of Loan is now datetime (was date)"]),
        ("due_on: date", "until: date (renamed from due_on)", ["`due_on` of Loan is now called `until`"]),
        ("due_on: date\n", "", ["Loan loses `due_on`"]),
        ("status: LENT, BACK (default LENT)", "status: text", [
            "`status` of Loan is now str (was State)", "`status` of Loan now has no default", "The enum State is gone",
        ]),
        ("cascade)", "cascade, unique)", [
            "`member_id` of Loan now is unique",
            "Loan changes the relation `member` to Member (OneToOne)",
        ]),
        ("member: Member (on delete cascade)\n", "", [
            "Loan loses `member_id`", "Loan loses the relation `member`", "Member loses the relation `loans`",
        ]),
        ("member: Member (", "reader: Member (renamed from member, ", [
            "`member_id` of Loan is now called `reader_id`", "Loan gains the relation `reader` to Member (ManyToOne)",
        ]),
        ("RULES:\ntransition status: LENT -> BACK, BACK -> LENT", "pages: number", [
            "Loan gains `pages`: int",
            "Loan loses the rule “The status of a loan goes only from lent to back and from back to lent”",
        ]),
    ],
)  # fmt: skip
def test_what_is_changed_changes_and_nothing_else(old: str, new: str, sentences: list[str]) -> None:
    assert old in LOAN
    reading = edited(loan=LOAN.replace(old, new))
    found = told(reading)
    assert set(sentences) <= set(found)
    loan = reading.specs.entity("Loan")
    assert loan is not None
    assert [one.name for one in loan.fields][:: len(loan.fields) - 1] == ["id", "created_at"]
    assert reading.specs.entity("Club") == SPECS.entity("Club")


def test_an_emptied_text_takes_the_thing_out_with_the_ways_to_it() -> None:
    found = told(edited(loan=" \n"))
    assert found == ["Member loses the relation `loans`", "Loan is gone", "The enum State is gone"]


def test_another_name_is_followed_wherever_it_stands() -> None:
    reading = edited(member=f"NAME: Reader\n{MEMBER}", further="Review\nof: Reader\nstars: number\n\nTag\nlabel: text")
    assert "Member is now called Reader" in told(reading)
    loan, club, review = (reading.specs.entity(name) for name in ("Loan", "Club", "Review"))
    assert loan is not None
    assert club is not None
    assert review is not None
    assert [one.foreign_key for one in loan.fields if one.foreign_key] == ["Reader"]
    assert [way.target for way in club.relations] == ["Reader"]
    assert [one.name for one in review.fields] == ["id", "of_id", "stars", "created_at", "updated_at"]
    assert reading.specs.entity("Tag") is not None
    reader = reading.specs.entity("Reader")
    assert reader is not None
    assert (reader.account, reader.table, reader.renamed_from) == (True, "people", "Member")
    assert reader.field("joined_by") == SPECS.entities[0].field("joined_by")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("pages", "“pages” says no type. Write it such as “pages: number” or “pages: text”."),
        ("id: int", "id is there already and is not edited here; take the line out."),
        ("TABLE: clubs", "TABLE is kept as it is and not edited here; take the line out."),
        ("fee: int (large)", "“large” was not understood"),
        ("loans: list[Loan]", "Write “loans: Loan (ManyToMany)” under a line RELATIONS:, or in Loan a link to Club."),
        ("fee: int (min 1", "never closes"),
        ("loans: Loan (many)", "Write “loans: Loan (ManyToMany)” under a line RELATIONS:, or in Loan a link to Club."),
        ("RELATIONS:\nloans: Loan (several)", "Write “loans: Loan (ManyToMany)” under a line RELATIONS:"),
        ("RULES:\nbe kind", "“be kind” was not kept"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(line: str, message: str) -> None:
    problems = edited(club=f"title: str\n\n{line}").problems
    assert [problem.text for problem in problems] == [1]
    assert problems[0].line == 3 + line.count("\n")
    assert message in problems[0].message


def test_another_thing_begins_with_its_name() -> None:
    [problem] = edited(further="\ntitle: text\n").problems
    assert (problem.text, problem.line) == (3, 2)
    assert "Begin another thing with its name alone" in problem.message


def test_at_least_one_thing_stays() -> None:
    assert "At least one thing must stay." in edited("", "", "").problems[0].message


def test_a_value_may_be_called_like_an_entity() -> None:
    reading = edited(loan=f"{LOAN}\n".replace("due_on: date", "due_on: date\nkind: club, private"))
    assert not reading.problems
    assert [enum.values for enum in reading.specs.enums if enum.name == "LoanKind"] == [("club", "private")]
    linked = edited(loan=LOAN.replace("due_on: date", "due_on: date\nkind: Club"))
    loan = linked.specs.entity("Loan")
    assert loan is not None
    assert loan.field("kind_id") is not None


def test_the_role_of_who_signs_in_is_told_in_the_thread() -> None:
    member, *others = SPECS.entities
    role = member.fields[1].model_copy(update={"name": "role", "feature": "auth"})
    signing = member.model_copy(update={"fields": (*member.fields, role)})
    specs = SPECS.model_copy(update={"entities": (signing, *others)})
    problem, *_ = read_short_form(specs, [f"{MEMBER}\nrole: club, private", CLUB, LOAN]).problems
    assert problem.message.startswith("role is there already and is not edited here; take the line out. Say in the")
