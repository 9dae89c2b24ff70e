"""The judges, in the order of their tables: those that take a moment first."""

from __future__ import annotations

from tests.generated_services.judges.base import DATABASES, Judge
from tests.generated_services.judges.behaviour import migrations_go_round, own_tests_pass
from tests.generated_services.judges.code import format_is_kept, lint_is_clean, types_hold
from tests.generated_services.judges.files import (
    compose_file_is_valid,
    dockerfile_is_clean,
    has_compose_file,
    has_dockerfile,
    workflows_are_valid,
)
from tests.generated_services.judges.fuzzing import withstands_schemathesis
from tests.generated_services.judges.openapi import document_is_honest, document_is_valid, spectral_is_silent
from tests.generated_services.judges.packaging import (
    lock_is_current,
    poetry_installs,
    poetry_is_content,
    requirements_match,
)
from tests.generated_services.judges.racing import has_rules_to_race_for, rules_hold_at_once

__all__ = ["JUDGES", "judge_named"]

JUDGES = (
    Judge("ruff", lint_is_clean),
    Judge("format", format_is_kept),
    Judge("honest", document_is_honest),
    Judge("openapi", document_is_valid),
    Judge("spectral", spectral_is_silent),
    Judge("hadolint", dockerfile_is_clean, applies=has_dockerfile),
    Judge("compose", compose_file_is_valid, applies=has_compose_file),
    Judge("workflows", workflows_are_valid),
    Judge("lock", lock_is_current),
    Judge("requirements", requirements_match),
    Judge("poetry", poetry_is_content),
    Judge("alembic", migrations_go_round, databases=DATABASES),
    Judge("mypy", types_hold),
    Judge("pytest", own_tests_pass, databases=DATABASES),
    Judge("races", rules_hold_at_once, databases=DATABASES, applies=has_rules_to_race_for),
    Judge("schemathesis", withstands_schemathesis, databases=DATABASES),
    Judge("poetry-install", poetry_installs, once=True),
)


def judge_named(name: str) -> Judge:
    """Return the judge of that name. Raises KeyError."""
    return {judge.name: judge for judge in JUDGES}[name]
