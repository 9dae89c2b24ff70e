"""A sample of what `make test-generated` and `make seeded-defects` do: one service, its quick judges, two defects."""

from __future__ import annotations

from pathlib import Path

import pytest
import uv

from tests.generated_services.defects.catalogue import DEFECTS
from tests.generated_services.defects.hunt import copied, patched, run_own_tests
from tests.generated_services.defects.patches import Defect, Edit, PatchDoesNotApply, apply
from tests.generated_services.judges import judge_named
from tests.generated_services.judges.base import Case, Workbench
from tests.generated_services.judges.openapi import faults_of_document
from tests.generated_services.matrix import look_at
from tests.generated_services.outside_tools import OutsideTools
from tests.generated_services.services import Service, build_service
from tests.generated_services.verdicts import State, Verdict, line_of, summary

NEAREST_TESTS = {
    "missing 404": "tests/services/test_loan.py",
    "sort direction ignored": "tests/lists/test_loans.py::test_rows_are_sorted_both_ways",
}
"""Where each of the sampled defects is to be noticed."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Return the dense service of three entities."""
    return build_service(3, ("docker",), tmp_path_factory.mktemp("generated") / "place")


@pytest.fixture
def workbench() -> Workbench:
    """Return a workbench with nothing on it that has to be fetched."""
    return Workbench(OutsideTools(Path("/nowhere"), None, Path(uv.find_uv_bin())))


@pytest.mark.environment
@pytest.mark.parametrize("name", ["ruff", "format", "honest", "requirements"])
def test_a_quick_judge_passes_the_dense_service(
    service: Service, workbench: Workbench, tmp_path: Path, name: str
) -> None:
    verdict = look_at(judge_named(name), Case(service, "", workbench, tmp_path))

    assert (verdict.state, verdict.output) == (State.PASSED, verdict.output)


@pytest.mark.environment
def test_a_judge_that_lacks_its_tool_does_not_pass(service: Service, workbench: Workbench, tmp_path: Path) -> None:
    spectral = look_at(judge_named("spectral"), Case(service, "", workbench, tmp_path))
    hadolint = look_at(judge_named("hadolint"), Case(service, "", workbench, tmp_path))

    assert (spectral.state, hadolint.state) == (State.NOT_RUN, State.FAILED)
    assert "apt-get install npm" in summary([spectral])


@pytest.mark.environment
@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_every_defect_applies_to_the_service_of_today(service: Service, tmp_path: Path, defect: Defect) -> None:
    if defect.features != service.features:
        pytest.skip("a defect of another service: `make seeded-defects` builds it")
    before = {edit.path: (service.folder / edit.path).read_text(encoding="utf-8") for edit in defect.edits}
    after = patched(defect, service, tmp_path / "copy").folder

    assert all((after / path).read_text(encoding="utf-8") != text for path, text in before.items())


@pytest.mark.environment
def test_the_tests_of_a_service_notice_a_sample_of_defects(
    service: Service, workbench: Workbench, tmp_path: Path
) -> None:
    clean = run_own_tests(copied(service, tmp_path / "clean"), workbench, *NEAREST_TESTS.values())
    assert clean.ok, clean.output

    for number, defect in enumerate(defect for defect in DEFECTS if defect.name in NEAREST_TESTS):
        told = run_own_tests(patched(defect, service, tmp_path / str(number)), workbench, NEAREST_TESTS[defect.name])
        assert told.code == 1, f"{defect.name}: {told.output}"


def test_a_defect_that_does_not_apply_is_an_error(tmp_path: Path) -> None:
    place = tmp_path / "app.py"
    place.write_text("one = 1\ntwo = 1\n", encoding="utf-8")

    for old, new in (("three", "3"), ("= 1", "= 2"), ("two = 1", "two = (")):
        with pytest.raises(PatchDoesNotApply, match="wrong"):
            apply(Defect("wrong", "it is wrong", (Edit("app.py", old, new),)), tmp_path)
    assert place.read_text(encoding="utf-8") == "one = 1\ntwo = 1\n"


def test_a_document_that_loosens_its_promises_is_found_out() -> None:
    answer = {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}, "500": {"content": {"a": {}}}}
    parameter = {"name": "page", "schema": {}}
    document = {
        "paths": {"/books": {"get": {"responses": answer, "parameters": [parameter]}}},
        "components": {"schemas": {"Book": {"type": "object", "properties": {"title": {}, "notes": {}}}}},
    }

    assert list(faults_of_document(document, {"notes"})) == [
        "GET /books declares the answer 500",
        "GET /books: 200 (application/json) is an object of anything",
        "GET /books: 500 (a) has no type",
        "GET /books: page has no type",
        "Book.title has no type",
    ]


def test_a_verdict_is_one_line_and_what_failed_is_said_in_full() -> None:
    good = Verdict("3 docker", "ruff", "", State.PASSED, 0.04)
    bad = Verdict("3 docker", "pytest", "sqlite", State.FAILED, 12.3, "9 tests", "assert 1 == 2")

    assert line_of(bad).split() == ["3", "docker", "pytest", "sqlite", "FAILED", "12.3", "9", "tests"]
    assert "assert 1 == 2" in summary([good, bad])
    assert summary([good, bad]).endswith("1 services, 2 cells: 1 passed, 1 failed, 0 not run")
