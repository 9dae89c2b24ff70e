"""What a phase must have where some of its tasks were left open."""

from __future__ import annotations

from bot.documents.tasks.task_plan import Phase

__all__ = ["reachable"]


def reachable(phase: Phase, open_numbers: set[str]) -> Phase:
    """Return a phase whose must-haves leave out the files of tasks that were left open."""
    missing = {path for task in phase.tasks if task.number in open_numbers for path in task.files}
    missing.discard("app/api/router.py")
    must_haves = phase.must_haves.model_copy(
        update={
            "artifacts": tuple(a for a in phase.must_haves.artifacts if a.path not in missing),
            "key_links": tuple(link for link in phase.must_haves.key_links if not {link.source, link.target} & missing),
        }
    )
    return phase.model_copy(update={"must_haves": must_haves})
