"""Judges of files that other programs read: the Dockerfile, the compose file, the workflows."""

from __future__ import annotations

from tests.generated_services.judges.base import Case, Judged, judged
from tests.generated_services.services import Service

__all__ = ["compose_file_is_valid", "dockerfile_is_clean", "has_compose_file", "has_dockerfile", "workflows_are_valid"]


def has_dockerfile(service: Service) -> bool:
    """Tell whether a service has a Dockerfile."""
    return (service.folder / "Dockerfile").exists()


def has_compose_file(service: Service) -> bool:
    """Tell whether a service has a compose file."""
    return (service.folder / "compose.yaml").exists()


def dockerfile_is_clean(case: Case) -> Judged:
    """Run hadolint."""
    return judged(case.run_tool("hadolint", "Dockerfile"))


def compose_file_is_valid(case: Case) -> Judged:
    """Hold the compose file against the schema of the Compose specification."""
    return judged(case.run_tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"))


def workflows_are_valid(case: Case) -> Judged:
    """Hold every workflow against GitHub's schema; a service without one fails."""
    workflows = sorted((case.service.folder / ".github" / "workflows").glob("*.y*ml"))
    if not workflows:
        return Judged(ok=False, output="there is no workflow")
    return judged(case.run_tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows))
