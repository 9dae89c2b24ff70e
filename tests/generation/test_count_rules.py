"""How many rows there may be becomes a service that refuses one too many, and tests that make just enough of them."""

from __future__ import annotations

import ast

import pytest

from bot.building.tree import service_tree
from bot.documents.entities.declared_rules import AtMost
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.generation.blueprint import load_blueprint
from bot.generation.criteria import CriterionKind, entity_criteria
from bot.generation.errors import UnsupportedSpecsError
from bot.generation.rule_states import named_states
from bot.generation.support import require_supported
from bot.generation.view import specs_view
from tests.generation.samples import build_inputs

WORKSHOP = """<entity_specs>
ENTITY: Course
TABLE: courses
FIELDS:
  - id: int (primary key, auto-generated)
  - title: str (max 80)
  - places: int (min 2, max 60)
  - spare: Optional[int] (min 1500)
  - tries: int (max 0)
API_PATH: /api/v1/courses

ENTITY: Member
TABLE: members
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str (max 80)
API_PATH: /api/v1/members

ENTITY: Loan
TABLE: loans
FIELDS:
  - id: int (primary key, auto-generated)
  - course_id: int (foreign key to Course)
  - member_id: Optional[int] (foreign key to Member)
  - from_day: date
  - picked_on: date
  - paid_on: Optional[date]
  - to_day: date
  - back_at: Optional[datetime]
  - lost_at: Optional[datetime] (unique)
  - status: LoanStatus (enum)
API_PATH: /api/v1/loans
RULES:
{rules}

ENUM: LoanStatus
VALUES: asked, out, late, home
</entity_specs>
"""
TOLD, OPEN, FIXED = (
    "at most course.places Loan per course",
    "at most 3 Loan per member until back_at",
    "at most 5 Loan per member",
)
STATE = "at most 2 Loan per member while status is out | late"
STEPS = "transition status: asked -> out, out -> late | home, late -> home"
DAY = "at most 2 Loan per member and picked_on"
PERIOD = "no overlap of from_day, to_day per {}"


def unused_in(text: str) -> set[str]:
    """Return the names that a function of a file gives a value and never uses."""
    found: set[str] = set()
    for function in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.AsyncFunctionDef)):
        names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
        used = {node.id for node in names if isinstance(node.ctx, ast.Load)}
        found |= {node.id for node in names if isinstance(node.ctx, ast.Store)} - used - {"_"}
    return found


def specs_with(*rules: str) -> EntitySpecs:
    """Return specs whose Loan has the rules."""
    return read_entity_specs(WORKSHOP.format(rules="\n".join(f"  - {rule}" for rule in rules))).specs


def loan_of(specs: EntitySpecs) -> Entity:
    """Return the entity whose rows are counted."""
    loan = specs.entity("Loan")
    assert loan is not None
    return loan


def files_of(*rules: str) -> dict[str, str]:
    """Return the files of a service with the rules."""
    tasks = service_tree(build_inputs(specs_with(*rules))).values()
    return {path: content.decode() for files in tasks for path, content in files.items()}


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (["at most 3 Loan per title"], "title is no foreign key"),
        (["at most course.title Loan per course"], "course.title is no whole number"),
        (["at most course.none Loan per course"], "course.none is no whole number"),
        (["at most course.tries Loan per course"], "let course.tries be between 1 and 1000"),
        (["at most course.spare Loan per course"], "let course.spare be between 1 and 1000"),
        (["at most 0 Loan per course"], "let 0 be between 1 and 1000"),
        (["at most 3 Loan per course until from_day"], "no client can leave from_day empty"),
        (["at most 3 Loan per course until gone"], "there is no field gone"),
        (["at most 3 Loan per member until lost_at"], "of open rows there is only one"),
        ([OPEN, "one open Loan per member until back_at"], "another rule says already that one is open at most"),
        (["at most 1 Loan per course", PERIOD.format("course")], "no other rule holds it against others"),
        ([OPEN, "at most 3 Loan per member"], "there never are so many rows, open or not"),
        ([f"{STATE} | gone"], "'gone' is no value of status"),
        (["at most 2 Loan per member while tries is out"], "there is no field tries"),
        (["at most 2 Loan per member until back_at while status is out"], "not by both"),
        (["at most 2 Loan per member and back_at"], "back_at is no date"),
        (["at most 2 Loan per member and paid_on"], "a client must always give paid_on"),
        (["at most 2 Loan per member and gone"], "there is no field gone"),
        (["at most 2 Loan per member and picked_on until back_at"], "not by both"),
        ([DAY, "at most 4 Loan per member"], "no other rule about the same rows or that day"),
        ([DAY, PERIOD.format("member")], "no other rule about the same rows or that day"),
        ([DAY, "no overlap of picked_on, to_day per course"], "no other rule about the same rows or that day"),
        ([STATE, "at most 4 Loan per member"], "no room for rows that don't count"),
    ],
)
def test_a_count_that_can_t_be_kept_or_tried_is_refused(rules: list[str], why: str) -> None:
    with pytest.raises(UnsupportedSpecsError) as refused:
        require_supported(specs_with(*rules), (), load_blueprint(), ())
    assert why in str(refused.value)


def test_criteria_say_in_words_what_is_refused() -> None:
    specs = specs_with(TOLD, OPEN, FIXED, STATE, "at most 1 Loan per course and picked_on")
    criteria = entity_criteria(loan_of(specs), specs)
    assert [each.text.partition(", THEN")[0] for each in criteria if each.kind == CriterionKind.RULE] == [
        "IF a loan would be one more for a course that has as many as its places already",
        "IF a loan would be one more for a member that has 3 without a back at already",
        "IF a loan would be one more for a member that has 5 already",
        "IF a loan with the status out or late would be one more for a member that has 2 such already",
        "IF a loan would be one more for a course that has 1 with the same picked on already",
    ]


def test_what_a_row_names_has_room_for_what_tests_of_other_rules_make() -> None:
    specs = specs_with(TOLD, FIXED, PERIOD.format("course"))
    loan = loan_of(specs)
    course, member = (loan.field(name) for name in ("course_id", "member_id"))
    assert course is not None
    assert member is not None
    assert named_states(loan, course, specs) == {"places": 12}
    assert named_states(loan, member, specs) == {}
    assert "create_course(session, places=12)" in files_of(TOLD)["tests/factories/loan.py"]


def test_the_tests_of_a_count_make_just_as_many_rows_as_there_may_be() -> None:
    views = specs_view(specs_with(TOLD, OPEN, FIXED)).entity("Loan").rules.counts
    assert [(view.name.text, view.most.text, view.limited.text, view.is_told) for view in views] == [
        ("course_id", "2", ", places=2", True),
        ("member_id_until_back_at", "3", "", False),
        ("member_id", "5", "", False),
    ]
    assert [view.stored.text for view in views] == ["{}", "{'back_at': None}", "{'back_at': '2026-01-01T00:00:00Z'}"]
    text = files_of(TOLD, OPEN, FIXED)["tests/rules/test_loan.py"]
    assert text.count("async def test_at_most_so_many_per_") == 3


@pytest.mark.parametrize(
    ("rules", "entering", "leaving", "begins"),
    [
        ([STATE], "('asked', 'out')", "('out', 'asked')", False),
        ([STATE, STEPS], "('asked', 'out')", "('out', 'home')", False),
        (["at most 2 Loan per member while status is asked", STEPS], None, "('asked', 'out')", True),
        ([STATE, f"{PERIOD.format('member')} unless status is home"], "('asked', 'out')", None, False),
        ([STATE, "update only while status is asked"], None, None, False),
    ],
)
def test_what_counts_by_a_state_is_tried_along_its_ways(
    rules: list[str], entering: str | None, leaving: str | None, begins: bool
) -> None:
    (view,) = specs_view(specs_with(*rules)).entity("Loan").rules.counts
    state = view.state
    assert state is not None
    assert (state.entering and state.entering.text, state.leaving and state.leaving.text) == (entering, leaving)
    assert state.begins is begins
    files = files_of(*rules)
    assert unused_in(files["tests/rules/test_loan.py"]) == set()
    assert "status=Loan.status" in files["app/rules/loan.py"]


def test_a_count_by_the_day_is_tried_on_one_day_and_on_another() -> None:
    (view,) = specs_view(specs_with(DAY)).entity("Loan").rules.counts
    assert (view.name.text, view.too_many.text) == ("member_id_and_picked_on", "{'picked_on': '2026-01-01'}")
    assert view.another_day is not None
    assert view.another_day.text == "{'picked_on': '2026-01-02'}"
    files = files_of(DAY)
    ast.parse(files["tests/rules/test_loan.py"])
    assert "day=Loan.picked_on" in files["app/rules/loan.py"]


def test_periods_end_where_no_more_rows_fit() -> None:
    free = [
        sum(is_free for _, is_free in ast.literal_eval(view.turns.text))
        for rules in ([PERIOD.format("member")], [PERIOD.format("member"), "at most 2 Loan per member"])
        for view in specs_view(specs_with(*rules)).entity("Loan").rules.overlaps
        if view.turns is not None
    ]
    assert free[0] > free[1] == 2


@pytest.mark.parametrize(
    ("rules", "there", "missing"),
    [
        ([TOLD], "limit: InstrumentedAttribute[Any],", "until"),
        ([FIXED], "count: int,", "limit"),
        ([FIXED, OPEN], "until: InstrumentedAttribute[Any] | None = None,", "limit"),
        ([TOLD, FIXED], "count: int | None = None,", "until"),
        ([STATE], "values: Collection[Any] = (),", "until"),
        ([DAY], "on_day = sa.true() if self.day is None else self.day == draft[self.day.key]", "until"),
        ([DAY, TOLD, "at most 2 Loan per course until back_at"], "[and FIELD | until FIELD]", "status"),
        ([OPEN], "counts = sa.true()", "day"),
        ([FIXED], "return", "status"),
    ],
)
def test_a_service_has_only_the_parts_of_a_count_that_it_needs(rules: list[str], there: str, missing: str) -> None:
    files = files_of(*rules)
    text = files["app/rules/base/at_most.py"]
    ast.parse(text)
    assert there in text
    assert missing not in text
    assert "async def count(" in files["app/repositories/base.py"]


def test_counts_are_judged_behind_what_is_narrower() -> None:
    text = files_of(FIXED, PERIOD.format("member"))["app/rules/loan.py"]
    assert text.index("NoOverlap(") < text.index("AtMost(")
    assert all(isinstance(rule, AtMost) for rule in loan_of(specs_with(TOLD, OPEN, FIXED)).rules)


def test_a_service_that_counts_nothing_knows_nothing_of_it() -> None:
    files = files_of(PERIOD.format("member"))
    assert "app/rules/base/at_most.py" not in files
    assert "async def count(" not in files["app/repositories/base.py"]
