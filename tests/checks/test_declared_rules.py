"""Every rule over declared rules, with a document that breaks it and one that doesn't."""

from __future__ import annotations

import cProfile
from collections.abc import Callable

import pytest

from bot.checks import all_rules, check_entity_specs
from bot.documents.entities.declared_rules import DeclaredRule, NoOverlap, OneOpen
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, Severity
from tests.checks.sentences import assert_sentences

SPECS = """\
ENTITY: Loan
FIELDS:
  - id: int (primary key)
  - book_id: int (foreign key to Book)
  - member_id: int (foreign key to Member)
  - status: Status (enum{default})
  - tags: list[Status]
  - lent_on: date
  - due_on: date
  - returned_on: Optional[date]
  - lent_at: datetime
  - called_at: datetime
  - returned_at: Optional[datetime]
  - note: str
  - created_at: datetime
  - updated_at: datetime
RULES:
{rules}
ENTITY: Book
FIELDS:
  - id: int (primary key)
  - title: str
  - state: Status (enum)
  - is_lent: bool
  - is_rare: Optional[bool]
  - pages: int
  - created_at: datetime
  - updated_at: datetime

ENTITY: Member{account}
FIELDS:
  - id: int (primary key)
  - email: EmailStr
  - created_at: datetime
  - updated_at: datetime

ENUM: Status
VALUES: NEW, LENT, ON_HOLD, BACK
"""
SOUND = "transition status: NEW -> LENT, LENT -> ON_HOLD | BACK, ON_HOLD -> LENT"
OF_OTHERS = {"PT271", "PT272", "PT279", "PT280", "PT281", "PT282", "PT283", "PT284"}
"""Those that `tests.checks.test_step_rules` and `tests.checks.test_role_rules` have cases of."""
ONE_WAY = "transition status: NEW -> LENT"

CASES: dict[str, list[tuple[str, str]]] = {
    "PT261": [
        ("transition state: NEW -> LENT", SOUND),
        ("one open Loan per book until gone_on", "one open Loan per book until returned_on"),
        ("one open Loan per shelf until returned_on", "one open Loan per book_id until returned_on"),
        ("one open Ghost per book until returned_on", "one open Loan per book until returned_on"),
        ("due_on = gone_on + 3 days", "due_on = lent_on + 3 days"),
        ("no overlap of gone_on, due_on per book", "no overlap of lent_on, due_on per book"),
        ("no overlap of lent_on, due_on per note", "no overlap of lent_on, due_on per member"),
        ("due_on at most 3 days after gone_on", "due_on at most 3 days after lent_on"),
        ("update only by note", "update only by member"),
        ("at most 3 Loan per note", "at most 3 Loan per member"),
        ("at most 3 Loan per member until gone_on", "at most 3 Loan per member until returned_on"),
        ("at most book.copies Loan per book", "at most book.pages Loan per book"),
        ("update only while state is NEW", "update only while status is NEW"),
        ("create only while shelf.state is NEW", "create only while book.state is NEW"),
        ("create only while book.status is NEW", "create only while book_id.state is NEW"),
    ],
    "PT262": [
        ("transition note: NEW -> LENT", SOUND),
        ("transition tags: NEW -> LENT", SOUND),
        ("one open Loan per book until due_on", "one open Loan per book until returned_on"),
        ("one open Loan per book until note", "one open Loan per book until returned_at"),
        ("due_on = note + 3 days", "due_on = lent_on + 3 days"),
        ("due_on = lent_on + 3 hours", "called_at = lent_at + 3 hours"),
        ("called_at = lent_on + 3 days", "due_on = lent_at + 3 days"),
        ("due_on = returned_on + 3 days", "returned_on = due_on + 3 days"),
        ("no overlap of lent_on, called_at per book", "no overlap of lent_at, called_at per book"),
        ("no overlap of note, due_on per book", "no overlap of lent_on, due_on per book"),
        ("no overlap of returned_on, due_on per book", "no overlap of lent_on, returned_on per book"),
        ("due_on at most 3 days after lent_at", "called_at at most 3 days after lent_at"),
        ("due_on at most 3 hours after lent_on", "called_at at most 3 hours after lent_at"),
        ("note at most 3 days after lent_on", "due_on at most 3 days after lent_on"),
        ("at most 3 Loan per member and note", "at most 3 Loan per member and lent_on"),
        ("at most 3 Loan per member until note", "at most 3 Loan per member until returned_on"),
        ("at most 3 Loan per member until lent_on", "at most 3 Loan per member until returned_on"),
        ("at most book.title Loan per book", "at most book.pages Loan per book"),
        ("update only while note is NEW", "update only while status is NEW"),
        ("update only while tags is NEW", "update only while status is NEW"),
        ("create only while book.title is NEW", "create only while book.is_lent is false"),
    ],
    "PT263": [
        ("transition status: NEW -> GONE", SOUND),
        ("transition status: GONE -> NEW", SOUND),
        ("transition status: NEW -> NEW | LENT", SOUND),
        ("update only while status is NEW | GONE", "update only while status is NEW | LENT"),
        ("create only while book.is_lent is never", "create only while book.is_lent is false"),
    ],
    "PT264": [("transition status: NEW -> LENT, LENT -> BACK", SOUND)],
    "PT265": [
        ("transition status: LENT -> BACK | ON_HOLD, ON_HOLD -> BACK", SOUND),
        ("transition status: NEW -> LENT, LENT -> ON_HOLD | BACK", SOUND),
    ],
    "PT266": [
        ("due_on = lent_on + 0 days", "due_on = lent_on + 1 days"),
        ("due_on = lent_on + 36501 days", "due_on = lent_on + 36500 days"),
        ("called_at at most 0 hours after lent_at", "called_at at most 1 hours after lent_at"),
        ("called_at at most 876001 hours after lent_at", "called_at at most 876000 hours after lent_at"),
    ],
    "PT267": [
        (f"{SOUND}\n  - {SOUND}", SOUND),
        (f"{SOUND}\n  - transition status: LENT -> BACK", f"{SOUND}\n  - update only by member"),
        (
            "one open Loan per book until returned_on\n  - one open Loan per book_id until returned_at",
            "one open Loan per book until returned_on\n  - one open Loan per member until returned_on",
        ),
        (
            "due_on = lent_on + 3 days\n  - due_on = lent_on + 4 days",
            "due_on = lent_on + 3 days\n  - returned_on = due_on + 4 days",
        ),
        (
            "due_on = lent_on + 3 days\n  - lent_on = due_on + 3 days",
            "due_on = lent_on + 3 days\n  - returned_on at most 9 days after due_on",
        ),
        ("due_on = due_on + 3 days", "due_on = lent_on + 3 days"),
        ("no overlap of lent_on, lent_on per book", "no overlap of lent_on, due_on per book"),
        (
            "no overlap of lent_on, due_on per book\n  - no overlap of lent_on, due_on per book_id",
            "no overlap of lent_on, due_on per book\n  - no overlap of lent_on, due_on per member",
        ),
        (
            "due_on = lent_on + 3 days\n  - due_on at most 71 hours after lent_on",
            "due_on = lent_on + 3 days\n  - due_on at most 3 days after lent_on",
        ),
        (
            "due_on at most 2 days after lent_on\n  - due_on at most 3 days after lent_on",
            "due_on at most 2 days after lent_on\n  - returned_on at most 3 days after lent_on",
        ),
        (
            "at most 3 Loan per book\n  - at most 2 Loan per book_id",
            "at most 3 Loan per book\n  - at most 2 Loan per member",
        ),
        ("due_on at most 2 days after due_on", "due_on at most 2 days after lent_on"),
        ("update only by member\n  - update only by book", "update only by member\n  - delete only by member"),
        (
            "update only by role ADMIN\n  - update only by role USER",
            "update only by role ADMIN\n  - update only by member",
        ),
        (
            "create only while book.state is NEW\n  - create only while book_id.state is LENT",
            "create only while book.state is NEW\n  - delete only while book.state is LENT",
        ),
    ],
    "PT268": [("update only by book", "update only by member")],
    "PT269": [
        ("lend only by member", "read only by member"),
        ("back only by member", f"back only by member\n  - {SOUND}"),
        ("back only by role ADMIN", f"back only by role ADMIN\n  - {SOUND}"),
    ],
    "PT277": [
        ("at most 0 Loan per member", "at most 1 Loan per member"),
        ("at most 1001 Loan per member", "at most 1000 Loan per member"),
    ],
    "PT273": [
        ("lend only while status is NEW", "delete only while status is NEW"),
        ("create only while status is NEW", "create only while book.state is NEW"),
    ],
    "PT274": [
        ("create only while book.is_lent is true | false", "create only while book.is_rare is true | false"),
        ("delete only while status is NEW | LENT | ON_HOLD | BACK", "delete only while status is NEW | LENT"),
    ],
    "PT276": [
        ("update only while status is NEW", "update only while status is NEW\n  - transition status: LENT -> NEW"),
        ("update only while status is NEW | LENT", f"update only while status is NEW | LENT\n  - {ONE_WAY}"),
        ("update only while status is NEW", "delete only while status is NEW"),
        ("update only while status is NEW", "update only while book.state is NEW"),
    ],
    "PT275": [
        (f"delete only while status is BACK\n  - {ONE_WAY}", f"delete only while status is BACK\n  - {SOUND}"),
    ],
}


def specs_of(rules: str, default: str = "", account: str = "") -> EntitySpecs:
    """Return specs whose Loan declares the rules."""
    reading = read_entity_specs(SPECS.format(rules=f"  - {rules}\n", default=default, account=account))
    assert not [finding for finding in reading.findings if finding.rule != "PT002"], reading.findings
    return reading.specs


def findings_of(rules: str, default: str = "", account: str = "") -> list[Finding]:
    """Return what is found about the rules."""
    found = check_entity_specs(specs_of(rules, default, account))
    return [finding for finding in found if finding.rule.startswith(("PT26", "PT27", "PT28"))]


def test_every_rule_has_a_case() -> None:
    about_rules = {rule.id for rule in all_rules() if rule.id.startswith(("PT26", "PT27", "PT28"))}
    assert {*CASES} | OF_OTHERS == about_rules


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: str, sound: str) -> None:
    assert rule in {finding.rule for finding in findings_of(broken)}
    assert rule not in {finding.rule for finding in findings_of(sound)}


@pytest.mark.parametrize(("rule", "broken"), [(rule, broken) for rule in CASES for broken, _ in CASES[rule]])
def test_findings_are_sentences_at_the_line_of_their_rule(rule: str, broken: str) -> None:
    text = SPECS.format(rules=f"  - {broken}\n", default="", account="")
    reading = read_entity_specs(text, "plan.txt")
    found = [each for each in check_entity_specs(reading.specs, places=reading.places) if each.rule == rule]
    assert_sentences(found)
    lines = {text.split("\n")[(each.place.line or 1) - 1] for each in found}
    assert lines <= set(f"  - {broken}".split("\n"))


@pytest.mark.parametrize("rule", sorted({sound for pairs in CASES.values() for _, sound in pairs}))
def test_sound_rules_have_no_errors(rule: str) -> None:
    assert [finding for finding in findings_of(rule) if finding.severity is Severity.ERROR] == []


def test_the_old_note_that_rules_are_not_kept_is_gone() -> None:
    assert read_entity_specs(SPECS.format(rules=f"  - {SOUND}\n", default="", account="")).findings == ()


@pytest.mark.parametrize(
    ("rule", "default", "said"),
    [
        (SOUND, ", default BACK", {"PT264", "PT265"}),
        (SOUND, ", default ON_HOLD", {"PT264"}),
        (SOUND, ", default NEW", set()),
        ("transition status: ON_HOLD -> LENT, LENT -> BACK", ", default ON_HOLD", {"PT264"}),
        ("transition status: NEW -> LENT, ON_HOLD -> BACK, LENT -> BACK", "", set()),
        ("transition status: NEW -> LENT, ON_HOLD -> BACK, LENT -> BACK", ", default NEW", {"PT264"}),
    ],
)
def test_rows_begin_at_the_default_or_anywhere_that_leads_on(rule: str, default: str, said: set[str]) -> None:
    assert {finding.rule for finding in findings_of(rule, default)} == said


def test_the_marked_account_alone_may_act() -> None:
    assert findings_of("update only by member", account=" (account)") == []
    specs = specs_of("update only by member")
    accounts = tuple(entity.model_copy(update={"account": entity.name == "Book"}) for entity in specs.entities)
    found = check_entity_specs(EntitySpecs(entities=accounts, enums=specs.enums))
    assert "PT268" in {finding.rule for finding in found}


@pytest.mark.parametrize(
    ("rule", "message", "step"),
    [
        (
            "tags = lent_on + 3 days",
            "“tags = lent_on + 3 days” of Loan: tags is a list of Status, and it must be a date or a datetime.",
            "Correct the rule, or take it out.",
        ),
        (
            "due_on = note + 3 days",
            "“due_on = note + 3 days” of Loan: note is str, and it must be a date or a datetime.",
            "Correct the rule, or take it out.",
        ),
        (
            "transition status: NEW -> GONE",
            "“transition status: NEW -> GONE” of Loan: “GONE” is no value of status.",
            "The values are: NEW, LENT, ON_HOLD, BACK.",
        ),
        (
            "due_on = lent_on + 3 days\n  - due_on = lent_on + 4 days",
            "“due_on = lent_on + 4 days” of Loan says something else than “due_on = lent_on + 3 days”.",
            "Keep one of them.",
        ),
        (
            "lend only by member",
            "“lend only by member” of Loan: “lend” is nothing that Loan does by itself.",
            "Write create, delete, read, update, or say the behaviour in the thread with who may do it.",
        ),
        (
            "update only by shelf",
            "“update only by shelf” of Loan: “shelf” is no foreign key of Loan.",
            "Its foreign keys are: book_id, member_id.",
        ),
        (
            "update only by book",
            "“update only by book” of Loan: “Book” is not what people log in with.",
            "Mark it as “ENTITY: Book (account)”, or name the foreign key to the account.",
        ),
        (
            "due_on = lent_on + 3 days\n  - lent_on = due_on + 3 days",
            "due_on → lent_on → due_on of Loan are derived from each other.",
            "Say which of them a client gives, and take its rule out.",
        ),
    ],
)
def test_a_finding_says_which_rule_and_what_to_do(rule: str, message: str, step: str) -> None:
    assert (message, step) in {(finding.message, finding.next_step) for finding in findings_of(rule)}


def with_rules(rules: tuple[DeclaredRule, ...]) -> Entity:
    """Return the sound Loan with these rules."""
    return specs_of(SOUND).entities[0].model_copy(update={"rules": rules})


def test_the_very_same_rule_twice_is_a_repetition() -> None:
    once = OneOpen(entity="Loan", relation="book", until="returned_on")
    found = check_entity_specs(EntitySpecs(entities=(with_rules((once, once)),)))
    assert [f.message for f in found if f.rule == "PT267"] == [
        "“one open Loan per book until returned_on” of Loan says the same again."
    ]


@pytest.mark.parametrize(
    ("rules", "at"),
    [
        (("update only by member", "due_on = lent_on + 3 days", "due_on = lent_on + 4 days"), 2),
        (("update only by member", "due_on = lent_on + 3 days", "lent_on = due_on + 3 days"), 1),
        (("update only by member", "no overlap of lent_on, lent_on per book"), 1),
        (("update only by member", "due_on at most 2 days after due_on"), 1),
        (("due_on = lent_on + 3 days", "due_on at most 2 days after lent_on", "update only by member"), 1),
    ],
)
def test_a_contradiction_stands_at_the_rule_that_makes_it(rules: tuple[str, ...], at: int) -> None:
    text = SPECS.format(rules="".join(f"  - {rule}\n" for rule in rules), default="", account="")
    reading = read_entity_specs(text, "plan.txt")
    (finding,) = [f for f in check_entity_specs(reading.specs, places=reading.places) if f.rule == "PT267"]
    assert finding.place.line is not None
    assert text.split("\n")[finding.place.line - 1] == f"  - {rules[at]}"


def test_a_chain_of_thousands_of_fields_is_read_to_its_end() -> None:
    found = [finding for finding in check_entity_specs(chain_of(3_000)) if finding.rule == "PT261"]
    assert [finding.message for finding in found] == ["“f2999 = f3000 + 1 days” of A: there is no field “f3000”."]


@pytest.mark.parametrize("form", ["f{0} = f{1} + 1 days", "close_{0} only by f{0}", "update only by f{0}"])
def test_four_times_the_rules_take_about_four_times_the_work(form: str) -> None:
    """Work is counted in calls, whatever else the machine does; a quadratic check makes sixteen times as many."""
    few, many = chain_of(200, form), chain_of(800, form)
    assert calls_of(lambda: check_entity_specs(many)) < 6 * calls_of(lambda: check_entity_specs(few))


def chain_of(count: int, form: str = "f{0} = f{1} + 1 days") -> EntitySpecs:
    """Return an entity with so many dates, and a rule for each."""
    fields = "".join(f"  - f{number}: date\n" for number in range(count))
    rules = "".join(f"  - {form.format(number, number + 1)}\n" for number in range(count))
    return read_entity_specs(f"ENTITY: A\nFIELDS:\n{fields}RULES:\n{rules}").specs


def calls_of(work: Callable[[], object]) -> int:
    """Return how many calls a piece of work makes."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def test_long_lists_of_names_are_cut() -> None:
    fields = "".join(f"  - f{number}: date\n" for number in range(50))
    specs = read_entity_specs(f"ENTITY: A\nFIELDS:\n{fields}RULES:\n  - no overlap of x, f1 per y\n").specs
    assert isinstance(specs.entities[0].rules[0], NoOverlap)
    found = [finding for finding in check_entity_specs(specs) if finding.rule == "PT261"]
    assert found[0].next_step.endswith("f18, f19, ….")
    assert found[1].next_step == "Its foreign keys are: none."
