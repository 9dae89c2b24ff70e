"""Every rule over the plans of phases together, with plans that break it and plans that don't."""

from __future__ import annotations

from typing import Any

import pytest

from bot.checks.phase_plan import check_phase_plan
from bot.checks.phase_plans import PHASE_PLANS_RULES, PhasePlans, check_phase_plans, written_at
from bot.checks.plan_keys import PlanKey, key_of, named_plan
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.findings import Finding, Place
from bot.documents.must_haves import Artifact, KeyLink, MustHaves
from bot.documents.phases.phase_plan import AutoTask, Feature, PhasePlan
from bot.documents.phases.phase_plan_conversion import phase_plans_of
from tests.generation.samples import LEND, build_inputs, everything, library


def plan(name: str, *files: str, depends: str = "", wave: int | None = None, **given: Any) -> PhasePlan:
    """Return a plan such as 01-02 with one task that writes files; ``depends`` are names, parted by blanks."""
    phase, _, number = name.partition("-")
    action = given.pop("action", "Do it.")
    task = AutoTask(name="All", files=files, action=action, verify="ruff check", done="Done.")
    return PhasePlan(
        phase=f"{phase}-books", plan=number, depends_on=tuple(depends.split()), wave=wave, tasks=(task,), **given
    )


def together(*plans: PhasePlan) -> dict[str, PhasePlan]:
    """Return plans by made-up paths."""
    return {f"{index}/PLAN.md": each for index, each in enumerate(plans)}


def must_have(path: str) -> MustHaves:
    """Return must-haves of one artifact."""
    return MustHaves(artifacts=(Artifact(path=path, provides="It"),))


def linked(source: str, target: str) -> MustHaves:
    """Return must-haves of one key link."""
    return MustHaves(key_links=(KeyLink(source=source, target=target, via="it"),))


FIRST = plan("01-01", "a.py", wave=1)
MODELS = "app/models/book.py"
MIGRATION = "alembic/versions/1_books.py"
CASES: dict[str, list[tuple[dict[str, PhasePlan], dict[str, PhasePlan]]]] = {
    "PT521": [
        (together(FIRST, plan("01-02", depends="01-09")), together(FIRST, plan("01-02", depends="01-01"))),
        (together(FIRST, plan("01-02", depends="09")), together(FIRST, plan("01-02", depends="1-1-PLAN.md"))),
        (together(FIRST, plan("02-01", depends="01-02")), together(FIRST, plan("02-01", depends="01"), plan("02-02"))),
        (together(FIRST, plan("01-02", depends="7")), together(plan("02-02", depends="01-01"), plan("02-01"))),
        (together(FIRST, plan("01-02", depends="7")), together(plan("01-02", depends="7"))),
    ],
    "PT522": [
        (
            together(plan("01-01", depends="02"), plan("01-02", depends="01")),
            together(plan("01-01"), plan("01-02", depends="01")),
        ),
        (together(plan("01-01", depends="01-01")), together(plan("01-01", depends="Docker"))),
        (together(plan("01-01", depends="01")), together(plan("01-01", depends="02"))),
    ],
    "PT523": [
        (
            together(FIRST, plan("01-02", depends="01", wave=1)),
            together(FIRST, plan("01-02", depends="01", wave=2)),
        ),
        (
            together(plan("01-01", wave=3), plan("01-02", depends="01", wave=2)),
            together(plan("01-01", wave=3), plan("02-01", depends="01-01", wave=1)),
        ),
    ],
    "PT524": [
        (
            together(FIRST, plan("01-02", depends="01-fees-01", wave=3)),
            together(FIRST, plan("01-02", depends="whatever-comes", wave=3)),
        ),
        (together(plan("01-01", wave=2)), together(plan("01-01", wave=1))),
        (
            together(FIRST, plan("01-02", depends="01", wave=3)),
            together(FIRST, plan("01-02", depends="01 07", wave=3)),
        ),
        (
            together(FIRST, plan("01-02", wave=2)),
            together(plan("01-01"), plan("01-02", depends="01", wave=3)),
        ),
        (
            together(FIRST, plan("02-01", depends="01-01", wave=3)),
            together(FIRST, plan("02-01", depends="01-01", wave=2), plan("03-01", depends="01-01", wave=1)),
        ),
    ],
    "PT525": [
        (together(FIRST, plan("01-02", "./A.py", wave=1)), together(FIRST, plan("01-02", "a.py", wave=2))),
        (
            together(FIRST, plan("01-02", wave=1, files_modified=("a.py",))),
            together(FIRST, plan("02-01", "a.py", wave=1), plan("01-03", "b.py", wave=1)),
        ),
        (
            together(FIRST, plan("01-02", wave=1, features=(Feature(files=("a.py",)),))),
            together(plan("01-01", "a.py"), plan("01-02", "a.py")),
        ),
        (
            together(plan("01-01", "a.py", wave=0), plan("01-02", "a.py", wave=0)),
            together(plan("01-01", "a.py", wave=0), plan("01-02", "a.py", wave=1)),
        ),
    ],
    "PT526": [
        (together(FIRST, plan("01-1")), together(FIRST, plan("02-01"))),
        (together(FIRST, plan("01-01-01")), together(FIRST, PhasePlan(phase="01"))),
    ],
    "PT527": [
        (
            together(plan("01-01", "a.py", must_haves=must_have("b.py"))),
            together(plan("01-02", "a.py", must_haves=must_have("b.py"))),
        ),
        (
            together(plan("01-01", "a.py", must_haves=must_have("b.py"))),
            together(plan("01-01", "a.py", must_haves=must_have("./A.py"))),
        ),
        (
            together(plan("01-01", must_haves=must_have("b.py"))),
            together(plan("01-01", must_haves=must_have("b.py")), plan("01-02", "b.py")),
        ),
        (
            together(plan("01-01", must_haves=must_have("b.py"))),
            together(plan("01-01", must_haves=must_have("The page"))),
        ),
        (
            together(plan("01-01", "a.py", must_haves=linked("b.py", "a.py"))),
            together(plan("01-01", "a.py", must_haves=linked("a.py", "b.py"))),
        ),
        (
            together(plan("01-01", must_haves=linked("/api", "b.py"))),
            together(plan("01-01", "a.py", must_haves=linked("a.py", "/api"))),
        ),
    ],
    "PT528": [
        (
            together(plan("01-01", "app/services/book.py", wave=1), plan("01-02", MODELS, wave=2)),
            together(plan("01-01", MODELS, wave=1), plan("01-02", "app/services/book.py", wave=2)),
        ),
        (
            together(plan("01-01", "app/services/book.py", wave=1), plan("01-02", MODELS, wave=2)),
            together(plan("01-01", "app/main.py", wave=1), plan("02-01", MODELS, wave=2)),
        ),
        (
            together(plan("01-01", "app/services/book.py", wave=1), plan("01-02", "app/schemas/book.py", wave=2)),
            together(plan("01-01", "app/main.py", wave=1), plan("01-02", MODELS, wave=2)),
        ),
    ],
    "PT529": [
        (together(plan("01-01", MODELS)), together(plan("01-02", MODELS))),
        (together(plan("01-01", MODELS)), together(plan("01-01", MODELS), plan("01-02", MIGRATION))),
        (
            together(plan("01-01", MODELS), plan("02-01", MIGRATION)),
            together(plan("01-01", MODELS, action="Run alembic revision --autogenerate")),
        ),
    ],
    "PT530": [
        (together(plan("01-01", "app/schemas/book.py")), together(plan("01-02", "app/schemas/book.py"))),
        (
            together(plan("01-01", "app/schemas/book.py", action="Install pytest and httpx")),
            together(plan("01-01", "app/schemas/book.py", depends="02")),
        ),
        (
            together(plan("01-01", "app/services/book.py")),
            together(plan("01-01", "app/services/book.py"), plan("01-02", "tests/test_books.py")),
        ),
        (
            together(plan("01-01", "app/schemas/book.py"), plan("02-01", "tests/test_books.py")),
            together(plan("01-01", "app/schemas/book.py", features=(Feature(name="Books", behavior="x"),))),
        ),
    ],
    "PT531": [
        (
            together(plan("01-01", MODELS), plan("02-01", "app/schemas/book.py")),
            together(plan("01-01", MODELS), plan("01-02", "app/schemas/book.py")),
        )
    ],
}


def found(plans: dict[str, PhasePlan], rule: str) -> list[Finding]:
    """Return what one rule finds in plans."""
    return [finding for finding in check_phase_plans(plans) if finding.rule == rule]


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule, _ in PHASE_PLANS_RULES.checks}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_nothing_else(
    rule: str, broken: dict[str, PhasePlan], sound: dict[str, PhasePlan]
) -> None:
    assert found(broken, rule)
    assert not found(sound, rule)


def test_sound_plans_have_no_findings() -> None:
    assert check_phase_plans(together(FIRST, plan("01-02", "b.py", depends="01-01", wave=2))) == ()
    assert check_phase_plans({}) == ()


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ("01-03", PlanKey("1", "3")),
        ("03", PlanKey("9", "3")),
        ("04.1-02", PlanKey("4.1", "2")),
        ("07-01a", PlanKey("7", "1a")),
        ("01-03-PLAN.md", PlanKey("1", "3")),
        (".planning/phases/01-books/01-03-SUMMARY.md", PlanKey("1", "3")),
        ("10-010", PlanKey("10", "10")),
        ("the Docker plan", None),
        ("", None),
        ("01-books", None),
    ],
)
def test_references_to_plans_are_read_as_people_mean_them(reference: str, key: PlanKey | None) -> None:
    assert named_plan(reference, "9") == key


@pytest.mark.parametrize(
    ("phase", "number", "name"),
    [
        ("01-foundation", "03", "01-03"),
        ("1", "1", "01-01"),
        ("04.1-fixes", "02", "04.1-02"),
        ("Foundation", "1", "foundation-01"),
        ("", "1", "01"),
        ("02-api", "02-04", "02-04"),
    ],
)
def test_a_plan_is_called_by_its_numbers(phase: str, number: str, name: str) -> None:
    assert str(key_of("PLAN.md", phase, number)) == name


def test_a_plan_that_says_no_number_is_called_by_its_file() -> None:
    assert key_of("a/02-03-PLAN.md", "", "") == PlanKey("2", "3")
    assert key_of("a/03-PLAN.md", "", "") == PlanKey("", "3")
    assert key_of("a/03-PLAN.md", "02-books", "") == PlanKey("2", "3")
    assert key_of("a/PLAN.md", "", "") is None


@pytest.mark.parametrize("specs", [library(), everything()], ids=["library", "everything"])
def test_derived_plans_break_no_rule(specs: EntitySpecs) -> None:
    derived = phase_plans_of(build_inputs(specs, custom=(LEND,)).task_plan)
    assert check_phase_plans({f"{plan.phase}/PLAN.md": plan for plan in derived}) == ()
    assert [finding for plan in derived for finding in check_phase_plan(plan)] == []


def test_two_undertakings_are_judged_apart() -> None:
    assert check_phase_plans({"a/phases/01/PLAN.md": FIRST, "b/phases/01/PLAN.md": FIRST}) == ()
    for one, other in (
        ("a/phases/01/PLAN.md", "a/phases/1/PLAN.md"),
        ("a/phases/01/PLAN.md", "a\\phases\\1\\PLAN.md"),
        ("PLAN.md", "1/PLAN.md"),
    ):
        assert {finding.rule for finding in check_phase_plans({one: FIRST, other: FIRST})} == {"PT525", "PT526"}
    inner = {"phases/a/phases/1/PLAN.md": FIRST, "phases/b/phases/1/PLAN.md": FIRST}
    assert check_phase_plans(inner) == ()


def test_a_circle_is_told_with_its_path_where_it_begins() -> None:
    circle = together(plan("01-01", depends="02"), plan("01-02", depends="03"), plan("01-03", depends="01"))
    assert [(finding.message, finding.place.file) for finding in found(circle, "PT522")] == [
        ("These plans wait for each other: 01-01 → 01-02 → 01-03 → 01-01.", "0/PLAN.md")
    ]


def test_plans_that_only_their_files_number_are_of_the_phase_of_the_file() -> None:
    second = PhasePlan(depends_on=("01",))
    assert check_phase_plans({"02-01-PLAN.md": PhasePlan(), "02-02-PLAN.md": second}) == ()
    (finding,) = found({"02-03-PLAN.md": PhasePlan(), "02-02-PLAN.md": second}, "PT521")
    assert finding.message == "02-02 depends on 02-01, and phase 2 has no such plan."


def test_a_plan_without_a_number_is_called_by_its_path() -> None:
    task = AutoTask(name="All", files=("a.py",))
    unnamed = PhasePlan(phase="1", wave=1, tasks=(task,))
    (finding,) = found({"a/PLAN.md": unnamed, "b/PLAN.md": unnamed}, "PT525")
    assert finding.message == "a/PLAN.md and b/PLAN.md of wave 1 both modify “a.py”."


def test_files_that_two_plans_share_are_one_finding() -> None:
    (finding,) = found(together(FIRST, plan("01-02", "b.py", "a.py", wave=1), plan("01-03", "b.py", wave=2)), "PT525")
    assert finding.message == "01-01 and 01-02 of wave 1 both modify “a.py”."
    assert str(finding.place) == "1/PLAN.md"


def test_a_finding_stands_where_its_reading_says() -> None:
    plans = together(FIRST, plan("01-02", wave=2, depends="09"))
    places = {"1/PLAN.md": {"depends_on": Place(file="1/PLAN.md", line=4, column=1)}}
    lines = {finding.rule: str(finding.place) for finding in check_phase_plans(plans, places)}
    assert lines == {"PT521": "1/PLAN.md:4:1"}


@pytest.mark.parametrize(
    ("known", "line"),
    [
        (("must_haves", "must_haves.key_links", "must_haves.key_links[0]"), 3),
        (("must_haves", "must_haves.key_links"), 2),
        (("must_haves",), 1),
        ((), None),
    ],
)
@pytest.mark.parametrize("path", ["0/PLAN.md", "C#/PLAN.md"])
def test_a_place_inside_falls_back_to_what_holds_it(path: str, known: tuple[str, ...], line: int | None) -> None:
    plans = {path: plan("01-01", "a.py", must_haves=linked("b.py", "c.py"))}
    places = {path: {subject: Place(file=path, line=number) for number, subject in enumerate(known, 1)}}
    assert [finding.place for finding in check_phase_plans(plans, places)] == [Place(file=path, line=line)]


def test_a_finding_over_a_whole_plan_stands_at_its_file_whatever_it_is_called() -> None:
    (finding,) = found({"C#/PLAN.md": plan("01-01", MODELS)}, "PT529")
    assert finding.place == Place(file="C#/PLAN.md")


def test_a_missing_dependency_silences_no_artifact_that_nobody_makes() -> None:
    plans = together(FIRST, plan("01-02", depends="07", must_haves=must_have("b.py")))
    assert [finding.message for rule in ("PT521", "PT527") for finding in found(plans, rule)] == [
        "01-02 depends on 01-07, and phase 1 has no such plan.",
        "01-02 must have “b.py”, and no task makes that.",
    ]


def test_numbers_are_written_as_in_the_names_of_files() -> None:
    keys = (PlanKey("4.1", "2"), PlanKey("12", "10"), PlanKey("1", "3a"), PlanKey("", "3"), PlanKey("books", "1"))
    assert [str(key) for key in keys] == ["04.1-02", "12-10", "01-03a", "03", "books-01"]


def test_what_a_plan_makes_is_found_at_the_task_or_feature_that_makes_it() -> None:
    task = AutoTask(name="All", files=("src\\models\\book.py",))
    feature = Feature(name="Loans", files=("app/schemas/loan.py",), behavior="It lends.")
    given = PhasePlan(files_modified=("app/main.py",), tasks=(task,), features=(feature,))
    plans = PhasePlans({"PLAN.md": given})
    wanted = ("src/models/book.py", "app/schemas/loan.py", "app/main.py")
    assert [written_at(plans, "PLAN.md", file) for file in wanted] == [
        "PLAN.md#tasks[0].files",
        "PLAN.md#features[0]",
        "PLAN.md#files_modified",
    ]
