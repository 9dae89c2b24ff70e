"""Every rule over one PLAN.md, with a plan that breaks it and one that doesn't."""

from __future__ import annotations

from typing import Any

import pytest

from bot.checks.phase_plan import PHASE_PLAN_RULES, check_phase_plan, shown
from bot.documents.findings import Place, Severity
from bot.documents.must_haves import MustHaves
from bot.documents.phases.phase_plan import (
    AutoTask,
    Box,
    Decision,
    DecisionOption,
    Feature,
    HumanAction,
    HumanVerification,
    PhasePlan,
)


def task(name: str = "Store books", **given: Any) -> AutoTask:
    """Return a sound task, changed as given."""
    return AutoTask(**({"name": name, "action": "Store them.", "verify": "pytest", "done": "They are kept."} | given))


def writes(*files: str) -> AutoTask:
    """Return a sound task that writes some files."""
    return task(files=files)


def plan(*tasks: Any, **given: Any) -> PhasePlan:
    """Return a plan of some tasks."""
    return PhasePlan(phase="01-books", plan="01", tasks=tasks, **given)


def truth(text: str) -> MustHaves:
    """Return must-haves of one truth."""
    return MustHaves(truths=(text,))


OPTIONS = (DecisionOption(id="a", name="A"), DecisionOption(id="b", name="B"))
LOOK = HumanVerification(name="Look", what_built="A page", how_to_verify="Open it")
CASES: dict[str, list[tuple[PhasePlan, PhasePlan]]] = {
    "PT501": [
        (plan(task(verify="")), plan(task(verify="", automated=("pytest",)))),
        (plan(task(verify=" \n")), plan(task())),
        (plan(task(done="")), plan(task(done="", verify="", acceptance_criteria="- It answers 200"))),
        (
            plan(features=(Feature(name="Fees"),)),
            plan(LOOK, features=(Feature(name="Fees", behavior="2 days cost 1"),)),
        ),
    ],
    "PT502": [
        (plan(LOOK.model_copy(update={"what_built": ""})), plan(LOOK)),
        (plan(LOOK.model_copy(update={"how_to_verify": ""})), plan(task())),
        (plan(Decision(name="Which?", options=OPTIONS)), plan(Decision(decision="Which?", options=OPTIONS))),
        (plan(Decision(decision="Which?", options=OPTIONS[:1])), plan(Decision(decision="Which?", options=OPTIONS))),
        (plan(HumanAction(name="Key")), plan(HumanAction(instructions="Create a key"))),
        (plan(HumanAction(name="Key", verification="It works")), plan(HumanAction(action="Create a key"))),
    ],
    "PT503": [
        (plan(LOOK, autonomous=True), plan(LOOK, autonomous=False)),
        (plan(task(), LOOK, autonomous=True), plan(task(), autonomous=True)),
        (plan(Decision(decision="?"), autonomous=True), plan(Decision(decision="?"))),
    ],
    "PT504": [
        (plan(writes("a.py", "b.py"), files_modified=("a.py",)), plan(writes("a.py"), files_modified=("./A.py",))),
        (plan(writes("a.py"), files_modified=("a.py", "b.py")), plan(writes("a.py"))),
        (
            plan(writes("a.py", "n/a.py"), files_modified=("a.py",)),
            plan(writes("a.py", "N/A — a look", "(none)", "none", "—"), files_modified=("a.py",)),
        ),
        (
            plan(files_modified=("a.py",), features=(Feature(files=("b.py",), behavior="x"),)),
            plan(task(), files_modified=("a.py",)),
        ),
    ],
    "PT505": [
        (plan(task(), must_haves=truth("Fees are visible")), plan(task(), must_haves=truth("A stored book is found"))),
        (
            plan(task(), must_haves=truth("Fees are visible")),
            plan(task(), verification=(Box(text="See fees"),), must_haves=truth("Fees")),
        ),
        (
            plan(task(), must_haves=truth("Fees are visible")),
            plan(writes("app/fees.py"), must_haves=truth("Fees are visible")),
        ),
        (plan(task(), must_haves=truth("Fees are visible")), plan(LOOK, must_haves=truth("The page opens"))),
        (
            plan(task(), must_haves=truth("Fees are visible")),
            plan(task(verify="pytest -k fees"), must_haves=truth("Fees are visible")),
        ),
        (
            plan(HumanAction(action="Create a key"), must_haves=truth("Fees are visible")),
            plan(HumanAction(action="Create a key", verification="See fees"), must_haves=truth("Fees are visible")),
        ),
    ],
    "PT506": [
        (plan(task(action="Include placeholder for routers")), plan(task(verify="grep -c TODO app"))),
        (plan(task(done="A list, for now")), plan(task(done="`TODO` is gone"))),
        (plan(LOOK.model_copy(update={"what_built": "A stub"})), plan(LOOK)),
        (plan(features=(Feature(implementation="Mock the mailer"),)), plan(features=(Feature(behavior="2 → 3"),))),
        (plan(task(), must_haves=truth("Filters come later")), plan(task(), must_haves=truth("Filters work"))),
        (plan(task(), success_criteria="- CSV only, for now"), plan(task(), success_criteria="- CSV only")),
        (plan(Decision(decision="Which stub?")), plan(Decision(decision="Which one?"))),
        (plan(HumanAction(instructions="Use dummy keys")), plan(HumanAction(instructions="Use keys"))),
    ],
    "PT507": [
        (
            plan(task(action="Use asyncpg"), task(verify="client = TestClient(app)", action="Use AsyncClient")),
            plan(task(action="Use asyncpg"), task(verify="psql", action="Use AsyncClient")),
        ),
        (plan(task(action="Use asyncpg and psycopg2")), plan(task(action="Use asyncpg; Alembic has psycopg2"))),
    ],
    "PT508": [
        (
            plan(writes("src/main.py"), writes("src/core/database.py")),
            plan(writes("src/core/database.py"), writes("src/main.py")),
        ),
        (
            plan(writes("src/api/endpoints/books.py"), LOOK, writes("src/schemas/book.py")),
            plan(writes("src/schemas/book.py", "src/api/endpoints/books.py")),
        ),
    ],
}


def rules_broken(broken: PhasePlan) -> set[str]:
    """Return the ids of the rules that a plan breaks."""
    return {finding.rule for finding in check_phase_plan(broken)}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule, _ in PHASE_PLAN_RULES.checks}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_nothing_else(rule: str, broken: PhasePlan, sound: PhasePlan) -> None:
    assert rule in rules_broken(broken)
    assert rule not in rules_broken(sound)


def test_a_sound_plan_has_no_findings() -> None:
    sound = plan(writes("app/models/book.py"), LOOK, files_modified=("app/models/book.py",), autonomous=False)
    assert check_phase_plan(sound) == ()


def test_a_finding_stands_at_its_task() -> None:
    places = {"tasks[1]": Place(file="01-01-PLAN.md", line=30, column=1), "": Place(file="01-01-PLAN.md")}
    (finding,) = check_phase_plan(plan(task(), task("Lend books", done="")), places)
    assert str(finding.place) == "01-01-PLAN.md:30:1"
    assert finding.message == "Task 2 “Lend books” has no done statement."
    assert finding.severity is Severity.ERROR


def test_words_that_cut_scope_stand_at_the_part_that_says_them() -> None:
    broken = plan(task(action="Return a list for now\nStub the rest", done="A stub answers"))
    for places, line in (({"tasks[0]": 5, "tasks[0].action": 7}, 7), ({"tasks[0]": 5}, 5)):
        (finding,) = check_phase_plan(broken, {key: Place(file="a", line=at) for key, at in places.items()})
        assert finding.place.line == line
        assert finding.message == ("Task 1 “Store books” says “for now”, “Stub”, “stub” in “Return a list for now”.")


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        (plan(features=(Feature(name="Fees", behavior="For now, none"),)), "The feature “Fees”"),
        (plan(task(), must_haves=truth("Books are stored, for now")), "A truth"),
        (plan(task(), success_criteria="Lists, for now"), "A success criterion"),
        (plan(task(), task("Lend", action="A list, for now")), "Task 2 “Lend”"),
    ],
)
def test_it_is_told_what_cuts_scope(broken: PhasePlan, name: str) -> None:
    (finding,) = [finding for finding in check_phase_plan(broken) if finding.rule == "PT506"]
    assert finding.message.startswith(f"{name} says “")


def test_what_is_missing_is_named_together() -> None:
    (finding,) = check_phase_plan(plan(task("", verify="", done="")))
    assert finding.message == "Task 1 has no verification and no done statement."
    (finding,) = check_phase_plan(plan(HumanVerification(name="Look")))
    assert finding.message == "Task 1 “Look” is a checkpoint without what was built and how to verify it."


def test_files_that_are_left_out_are_named() -> None:
    files = tuple(f"{number}.py" for number in range(7))
    (finding,) = check_phase_plan(plan(writes("a.py", *files), files_modified=("a.py",)))
    assert finding.message == (
        "The tasks write “0.py”, “1.py”, “2.py”, “3.py”, “4.py” and 2 more, and files_modified leaves that out."
    )


@pytest.mark.parametrize(("count", "rest"), [(4, ""), (5, ""), (6, " and 1 more"), (7, " and 2 more")])
def test_five_names_are_shown_and_the_rest_counted(count: int, rest: str) -> None:
    names = [str(number) for number in range(count)]
    assert shown(names) == ", ".join(f"“{name}”" for name in names[:5]) + rest


def test_only_what_must_block_is_an_error() -> None:
    errors = {rule.id for rule, _ in PHASE_PLAN_RULES.checks if rule.severity is Severity.ERROR}
    assert errors == {"PT501", "PT503"}
