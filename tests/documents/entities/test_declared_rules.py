"""Declared rules: read in every spelling, kept with their entity, written in one form, and never lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.entities.declared_rules import (
    RULE_FORMS,
    ActionByOwner,
    ActionByRole,
    AtMost,
    DeclaredRule,
    DerivedMoment,
    LatestAfter,
    NoOverlap,
    OneOpen,
    OnlyWhile,
    Span,
    StatusChange,
    TimeUnit,
    Transition,
    rule_subject,
)
from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_lines import Names
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.entity_specs_reader import SpecsReading, read_entity_specs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.entities.rule_lines import read_rule_line, write_rule
from bot.documents.findings import Severity
from bot.documents.fingerprint import fingerprint
from tests.documents.strategies import entity_specs

LOAN = """\
ENTITY: Loan
FIELDS:
  - id: int (primary key)
  - book_id: int (foreign key to Book)
  - status: LoanStatus
  - lent_on: date
  - due_on: date
  - returned_on: Optional[date]
{rules}
ENTITY: Book
FIELDS:
  - id: int (primary key)

ENUM: LoanStatus
VALUES: OPEN, LATE, CLOSED, "taken back"
{more}"""
DAYS = Span(count=14, unit=TimeUnit.DAYS)


def read(*rules: str, more: str = "") -> SpecsReading:
    """Return the reading of a document whose Loan declares the rules."""
    section = "RULES:\n" + "".join(f"  - {rule}\n" for rule in rules) if rules else ""
    return read_entity_specs(LOAN.format(rules=section, more=more), "specs.txt")


def loan_of(reading: SpecsReading) -> Entity:
    """Return the entity Loan."""
    loan = reading.specs.entity("Loan")
    assert loan is not None
    return loan


def ways(*changes: tuple[str, tuple[str, ...]]) -> Transition:
    """Return a transition of ``status``."""
    return Transition(
        field="status", changes=tuple(StatusChange(source=source, targets=targets) for source, targets in changes)
    )


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (
            "transition status: OPEN -> LATE, LATE -> OPEN | CLOSED",
            ways(("OPEN", ("LATE",)), ("LATE", ("OPEN", "CLOSED"))),
        ),
        ("Transition of status: OPEN → CLOSED.", ways(("OPEN", ("CLOSED",)))),
        ("transition status OPEN => LATE; OPEN --> CLOSED", ways(("OPEN", ("LATE", "CLOSED")))),
        ("transition status: OPEN -> LATE -> CLOSED", ways(("OPEN", ("LATE",)), ("LATE", ("CLOSED",)))),
        ("transition status: OPEN or LATE -> CLOSED", ways(("OPEN", ("CLOSED",)), ("LATE", ("CLOSED",)))),
        ('transition status: OPEN -> "taken back" | taken back', ways(("OPEN", ("taken back",)))),
        ('transition status: "a -> b, c" -> "d | \\"e\\""', ways(("a -> b, c", ('d | "e"',)))),
        ("one open Loan per book until returned_on", OneOpen(entity="Loan", relation="book", until="returned_on")),
        ("ONE OPEN Loan PER book_id UNTIL due_on", OneOpen(entity="Loan", relation="book_id", until="due_on")),
        ("due_on = lent_on + 14 days", DerivedMoment(field="due_on", source="lent_on", span=DAYS)),
        ("due_on=lent_on+14 Days", DerivedMoment(field="due_on", source="lent_on", span=DAYS)),
        ("no overlap of lent_on, due_on per book", NoOverlap(start="lent_on", end="due_on", relation="book")),
        ("no overlap between lent_on and due_on per book", NoOverlap(start="lent_on", end="due_on", relation="book")),
        ("no overlap lent_on – due_on per book", NoOverlap(start="lent_on", end="due_on", relation="book")),
        (
            "due_on at most 1 hour after lent_on",
            LatestAfter(field="due_on", span=Span(count=1, unit=TimeUnit.HOURS), after="lent_on"),
        ),
        ("due_on within 14 days of lent_on", LatestAfter(field="due_on", span=DAYS, after="lent_on")),
        ("update only by book_id", ActionByOwner(action="update", field="book_id")),
        ("Loan.update only by Loan.book_id", ActionByOwner(action="update", field="book_id")),
        ("`delete only by book`", ActionByOwner(action="delete", field="book")),
        ("update only while status is OPEN", OnlyWhile(action="update", field="status", values=("OPEN",))),
        ("Update ONLY when status = OPEN | LATE.", OnlyWhile(action="update", field="status", values=("OPEN", "LATE"))),
        ("Loan.delete only if status in OPEN", OnlyWhile(action="delete", field="status", values=("OPEN",))),
        (
            'create only while book.state is OPEN | "taken | back"',
            OnlyWhile(action="create", relation="book", field="state", values=("OPEN", "taken | back")),
        ),
        ("create only by role ADMIN", ActionByRole(action="create", roles=("ADMIN",))),
        ("Add ONLY BY roles admin or user.", ActionByRole(action="create", roles=("ADMIN", "USER"))),
        ("Loan.late only by role ADMIN | USER", ActionByRole(action="late", roles=("ADMIN", "USER"))),
        (
            'hand over only by role STEWARD | "kiln master"',
            ActionByRole(action="hand_over", roles=("STEWARD", "kiln master")),
        ),
        ("update only by role", ActionByOwner(action="update", field="role")),
        ("at most 3 Loan per book", AtMost(entity="Loan", relation="book", count=3)),
        ("at most 1 Loan per book and lent_on", AtMost(entity="Loan", relation="book", count=1, day="lent_on")),
        ("At Most 3 loans per book_id.", AtMost(entity="Loan", relation="book_id", count=3)),
        (
            "at most 2 Loan per book until returned_on",
            AtMost(entity="Loan", relation="book", count=2, until="returned_on"),
        ),
        (
            "at most 2 Loan per book while status is OUT | LOST",
            AtMost(entity="Loan", relation="book", count=2, status="status", values=("OUT", "LOST")),
        ),
        ("at most book.copies Loan per book", AtMost(entity="Loan", relation="book", limit="copies")),
        ("at most book_id.copies Loan per book_id", AtMost(entity="Loan", relation="book_id", limit="copies")),
        (
            "create only while book_id.is_lent is false",
            OnlyWhile(action="create", relation="book_id", field="is_lent", values=("false",)),
        ),
    ],
)  # fmt: skip
def test_a_rule_is_read_in_every_spelling(line: str, rule: DeclaredRule) -> None:
    assert loan_of(read(line)).rules == (rule,)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("transition status: open -> late", "“open” is called OPEN"),
        ("transition status: open -> Taken Back", "“Taken Back” is called taken back"),
        ("transition Status: OPEN -> LATE", "“Status” is called status"),
        ("one open loan per book until returnedOn", "“returnedOn” is called returned_on"),
        ("one open loan per book until returned_on", "“loan” is called Loan"),
        ("due_on = lent_on + 2 weeks", "2 weeks is taken as 14 days"),
        ("transition status: OPEN -> LATE, CLOSED", "“CLOSED” may follow “OPEN” too"),
        ("change only by role ADMIN", "“change” is called update"),
        ("update only by role admin", "“admin” is called ADMIN"),
        ("Hand over only by book_id", "“Hand_over” is called hand_over"),
        ("change only while status is OPEN", "“change” is called update"),
        ("update only while status is open", "“open” is called OPEN"),
        ("update only while Loan.status is OPEN", "“Loan” is called loan"),
    ],
)
def test_what_was_mapped_in_a_rule_is_said_with_its_place(line: str, said: str) -> None:
    reading = read(line)
    assert len(loan_of(reading).rules) == 1
    (finding,) = [finding for finding in reading.findings if said in finding.message]
    assert finding.rule in {"PT002", "PT003"}
    assert (finding.place.line, finding.place.column) == (10, 3)
    assert write_rule(loan_of(reading).rules[0]) in finding.next_step


@pytest.mark.parametrize(
    "line",
    [
        "members may not lend more than five books",
        "transition status:",
        "transition status: OPEN ->",
        "transition status: -> OPEN",
        "transition status: CLOSED",
        "transition (): OPEN -> LATE",
        "one open Loan per book",
        "one open Big Loan per book until",
        "due_on = lent_on",
        "due_on = lent_on + many days",
        "due_on = lent_on + 3 moons",
        "due_on = lent_on - 3 days",
        "no overlap of lent_on per book",
        "no overlap of a b per book",
        "due_on at most after lent_on",
        "Ghost.update only by book_id",
        "only the owner may update it",
        "update only while status",
        "update only while status is",
        "update only while status is OPEN -> LATE",
        "update only while .status is OPEN",
        "update only while book.shelf.status is OPEN",
        "hand over only while status is OPEN",
        "at most Loan per book",
        "at most 3 Loan",
        "at most three Loan per book",
        "at most 3 Loan per",
        "at most copies Loan per book",
        "at most shelf.copies Loan per book",
        "at most 3 Loan per book until",
        "at most 3 Loan per book and",
        "at most 3 Loan per book while",
        "at most 3 Loan per book while status",
        "transition status: " + " | ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ") + " -> OPEN",
    ],
)
def test_what_is_none_of_the_forms_is_quoted(line: str) -> None:
    reading = read(line)
    assert loan_of(reading).rules == ()
    (finding,) = reading.findings
    assert finding.rule == "PT006"
    assert finding.severity is Severity.WARNING
    assert line[:40] in finding.message
    assert all(form in finding.next_step for form in RULE_FORMS)


def test_an_empty_section_is_no_rule() -> None:
    reading = read("none", "N/A")
    assert loan_of(reading).rules == ()
    assert reading.findings == ()


def test_each_rule_knows_its_line() -> None:
    reading = read("update only by book", "delete only by book")
    assert str(reading.places[rule_subject("Loan", 1)]) == "specs.txt:10:3"
    assert str(reading.places[rule_subject("Loan", 2)]) == "specs.txt:11:3"


def test_the_ways_of_a_transition_may_stand_on_lines_of_their_own() -> None:
    reading = read("transition status:\n      OPEN -> LATE\n      - LATE -> CLOSED", "due_on = lent_on + 14 days")
    assert loan_of(reading).rules == (
        ways(("OPEN", ("LATE",)), ("LATE", ("CLOSED",))),
        DerivedMoment(field="due_on", source="lent_on", span=DAYS),
    )
    further = read("transition status: OPEN -> LATE,\n      LATE -> CLOSED")
    assert loan_of(further).rules == (ways(("OPEN", ("LATE",)), ("LATE", ("CLOSED",))),)


@pytest.mark.parametrize(
    "rule",
    [
        "Loan: transition status: OPEN -> CLOSED",
        "loan: transition status: OPEN -> CLOSED",
        "transition Loan.status: OPEN -> CLOSED",
        "transition loans.status: OPEN -> CLOSED",
    ],
)
def test_a_rule_of_the_whole_document_goes_to_the_entity_that_it_names(rule: str) -> None:
    after = read(more=f"\nRULES:\n  - {rule}\n")
    assert loan_of(after).rules == (ways(("OPEN", ("CLOSED",))),)
    before = read_entity_specs(f"RULES:\n  - {rule}\n\n" + LOAN.format(rules="", more=""))
    assert before.specs == after.specs
    assert not [finding for finding in before.findings if finding.rule in {"PT001", "PT006"}]


def test_a_rule_goes_to_the_entity_that_it_names_also_from_another_ones_block() -> None:
    reading = read_entity_specs(
        LOAN.format(rules="", more="").replace(
            "ENTITY: Book\n", "ENTITY: Book\nRULES:\n  - one open Loan per book until returned_on\n"
        )
    )
    assert [len(entity.rules) for entity in reading.specs.entities] == [1, 0]
    unknown = read("one open ghost thing per book until returned_on")
    assert loan_of(unknown).rules == (OneOpen(entity="GhostThing", relation="book", until="returned_on"),)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("transition status: OPEN -> CLOSED", "it does not say which entity it is about"),
        ("Loan.due_on = Book.id + 3 days", "it speaks of Loan and Book"),
        ("Book: one open Loan per book until returned_on", "it speaks of Book and Loan"),
        ("Book: be kind", "it has none of the forms of a rule"),
    ],
)
def test_a_rule_about_no_entity_or_two_is_quoted_with_the_reason(rule: str, reason: str) -> None:
    reading = read(more=f"\nRULES:\n  - {rule}\n")
    assert not any(entity.rules for entity in reading.specs.entities)
    (finding,) = reading.findings
    assert finding.rule == "PT006"
    assert rule in finding.message
    assert reason in finding.message
    assert finding.place.line == 18


def test_of_two_entities_with_one_name_the_first_has_the_rules() -> None:
    text = LOAN.format(rules="RULES:\n- update only by book\n", more="")
    reading = read_entity_specs(text + "\n" + text)
    assert [len(entity.rules) for entity in reading.specs.entities] == [2, 0, 0, 0]


def test_the_canonical_form_is_the_grammars() -> None:
    reading = read(
        'transition status: OPEN → LATE|CLOSED, LATE -> "taken back"', "One open loan per book until returned_on.",
        "due_on = lent_on + 2 weeks", "no overlap of lent_on and due_on per book",
        "returned_on within 30 days of due_on", "update only by book",
    )  # fmt: skip
    assert (
        "API_PATH: /api/v1/loans\n"
        "RULES:\n"
        '  - transition status: OPEN -> LATE | CLOSED, LATE -> "taken back"\n'
        "  - one open Loan per book until returned_on\n"
        "  - due_on = lent_on + 14 days\n"
        "  - no overlap of lent_on, due_on per book\n"
        "  - returned_on at most 30 days after due_on\n"
        "  - update only by book\n\n"
    ) in write_entity_specs(reading.specs)


@settings(deadline=None, max_examples=30)
@given(entity_specs())
def test_writing_and_reading_gives_the_same_rules(specs: EntitySpecs) -> None:
    reading = read_entity_specs(write_entity_specs(specs))
    assert [entity.rules for entity in reading.specs.entities] == [entity.rules for entity in specs.entities]
    assert reading.findings == ()


words = st.sampled_from(
    ["transition", "status", ":", "->", "→", "|", ",", "or", '"', "OPEN", "one open", "per", "until", "=", "+", "3",
     "days", "hours", "no overlap of", "at most", "after", "only by", "role", "Loan", "Loan.due_on", ".", "`",
     "\\", "é"]
)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(words | st.text(max_size=4), max_size=12).map(" ".join))
def test_no_line_makes_it_raise_and_a_rule_that_was_read_is_stable(line: str) -> None:
    names = Names(entities=frozenset({"Loan"}), spellings={"loan": "Loan"})
    reading = read_rule_line(line, names)
    assert (reading.rule is None) == bool(reading.problem)
    if reading.rule is not None:
        assert read_rule_line(write_rule(reading.rule), names).rule == reading.rule


@pytest.mark.parametrize(
    "rule",
    [
        "transition status: " + "OPEN -> LATE, " * 50_000,
        "transition status: " + "A -> " * 50_000,
        "transition status: " + "A | B -> " * 50_000,
        "transition status: " + '"' * 300_000 + " -> x",
        "transition status: " + "or " * 100_000 + " -> x",
        "transition " + "s" * 1_000_000 + ": A -> B",
        "one open " + "Loan " * 200_000 + "per book until due_on",
        " ".join(["act"] * 200_000) + " only by book",
        " ".join(["only by"] * 200_000) + " only by role " + "A | " * 200_000,
        "no overlap of " + ", " * 200_000 + "per book",
        "\n  - ".join(f"transition f{number}: A -> B" for number in range(5_000)),
        "transition status:\n" + "    OPEN -> LATE\n" * 20_000,
    ],
)
def test_hostile_rules_end(rule: str) -> None:
    """No time is asserted; a quadratic reader would run into the suite's own time-out."""
    assert len(read(rule).specs.entities) == 2


def test_an_enum_of_values_that_look_alike_ends() -> None:
    values = ", ".join("A" + "_" * number for number in range(1, 1_000))
    targets = values.replace(",", " |")
    text = "ENTITY: A\nFIELDS:\n- s: S\nRULES:\n- transition s: a -> {}\n\nENUM: S\nVALUES: {}\n"
    (rule,) = read_entity_specs(text.format(targets, values)).specs.entities[0].rules
    assert isinstance(rule, Transition)
    assert len(rule.pairs()) == 999


def test_a_changed_rule_is_said_in_words_and_changes_the_fingerprint() -> None:
    old, new = read("due_on = lent_on + 14 days").specs, read("due_on = lent_on + 21 days").specs
    assert describe_changes(old, new) == (
        "Loan loses the rule “The due on of a loan is always 14 days after its lent on”",
        "Loan gains the rule “The due on of a loan is always 21 days after its lent on”",
    )
    assert fingerprint(write_entity_specs(old)) != fingerprint(write_entity_specs(new))


def test_a_new_entity_comes_with_its_rules() -> None:
    new = read("update only by book").specs
    old = EntitySpecs(entities=new.entities[1:], enums=new.enums)
    assert describe_changes(old, new)[1:] == (
        "Loan gains the rule “A loan can be changed only by its book, or by an administrator”",
    )


def test_rules_survive_being_stored_as_json() -> None:
    specs = read("transition status: OPEN -> LATE", "one open Loan per book until returned_on").specs
    assert EntitySpecs.model_validate_json(specs.model_dump_json()) == specs


def test_a_relation_means_a_foreign_key_by_either_name() -> None:
    reading = read_entity_specs(
        "ENTITY: Loan\nFIELDS:\n- id: int (pk)\n- book_id: int (fk to Book)\n- lent_to: int (fk to Member)\n"
        "- first_id: int (fk to Shelf)\n- last_id: int (fk to Shelf)\n"
        "RELATIONS:\n- member: Member (ManyToOne)\n- shelf: Shelf (ManyToOne)\n- pages: Member (OneToMany)\n"
    )
    loan = loan_of(reading)
    found = {name: loan.key_along(name) for name in ("book", "book_id", "member", "shelf", "pages", "id", "first")}
    assert {name: field.name if field else None for name, field in found.items()} == {
        "book": "book_id",
        "book_id": "book_id",
        "member": "lent_to",
        "shelf": None,
        "pages": None,
        "id": None,
        "first": "first_id",
    }


def test_the_own_status_may_be_named_with_its_entity() -> None:
    (rule,) = loan_of(read("update only while Loan.status is open")).rules
    assert rule == OnlyWhile(action="update", field="status", values=("OPEN",))
    assert write_rule(rule) == "update only while status is OPEN"


def test_yes_and_no_are_true_and_false_of_a_bool() -> None:
    more = (
        "ENTITY: Shelf\nFIELDS:\n  - id: int (primary key)\n  - full: bool\nRULES:\n  - update only while full is no\n"
    )
    reading = read(more=more)
    (shelf,) = [one for one in reading.specs.entities if one.name == "Shelf"]
    assert shelf.rules == (OnlyWhile(action="update", field="full", values=("false",)),)
    assert any("“no” is called false" in finding.message for finding in reading.findings)
