"""Judges that run the service's code: its own tests with coverage, and its migrations there and back."""

from __future__ import annotations

from tests.generated_services.judges.base import Case, Judged, first_match, judged

__all__ = ["COVERED", "migrations_go_round", "own_tests_pass"]

COVERED = 95
"""Per cent of the service's lines and branches that its own tests must reach."""
ROUND = ("upgrade head", "check", "downgrade base", "upgrade head", "check")


def own_tests_pass(case: Case) -> Judged:
    """Run pytest with coverage."""
    options = ("-q", "-p", "no:cacheprovider", "--cov=app", f"--cov-fail-under={COVERED}", "--cov-report=term")
    with case.database_url() as url:
        variables = {"TEST_DATABASE_URL": url} if case.database == "postgresql" else {}
        done = case.run("pytest", *options, COVERAGE_FILE=str(case.scratch / "coverage"), **variables)
    tests, covered = first_match(r"(\d+) passed", done.output), first_match(r"TOTAL .* (\d+)%", done.output)
    return judged(done, figures=f"{tests or 0} tests, {covered or '?'} % covered")


def migrations_go_round(case: Case) -> Judged:
    """Run Alembic up, down and up again, and have it compare tables and models each time."""
    with case.database_url() as url:
        steps = [case.run("alembic", *step.split(), DATABASE_URL=url) for step in ROUND]
    return judged(*steps)
