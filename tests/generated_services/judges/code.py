"""Judges of the code as it stands: lint, format, strict types."""

from __future__ import annotations

from filelock import FileLock

from tests.generated_services.judges.base import Case, Judged, first_match, judged

__all__ = ["format_is_kept", "lint_is_clean", "types_hold"]


def lint_is_clean(case: Case) -> Judged:
    """Run `ruff check`."""
    return judged(case.run("ruff", "check", "--no-cache", "."))


def format_is_kept(case: Case) -> Judged:
    """Run `ruff format --check`."""
    done = case.run("ruff", "format", "--check", "--no-cache", ".")
    return judged(done, figures=first_match(r"(\d+ files) already", done.output))


def types_hold(case: Case) -> Judged:
    """Run `mypy --strict`; what it knows of libraries is shared by all services of one lock."""
    cache = case.service.environment.mypy_cache
    cache.mkdir(exist_ok=True)
    with FileLock(cache.with_suffix(".mypy-lock")):
        done = case.run("mypy", "--strict", "--cache-dir", cache, "app", "tests")
    return judged(done, figures=first_match(r"(\d+ source files|\d+ errors?)", done.output))
