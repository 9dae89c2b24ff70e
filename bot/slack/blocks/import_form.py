"""The form of `/plan import`: files, the plan that they are for, and words beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.blocks.forms import Origin, field, modal, one_of, state_of, text_field
from bot.slack.buttons import Action
from bot.slack.texts import clip
from bot.store.tables import Plan

__all__ = ["FOR", "NEW", "WORDS", "chosen_files", "import_view"]

MOST_FILES = 10
"""Slack takes no more in one form."""
MOST_PLANS = 9
"""Radio buttons are ten at most, and one of them begins a plan."""
LONGEST_OPTION = 75
NEW = "new"
"""What stands for a plan that begins with the files."""
FILES, FOR, WORDS = "files", "plan", "words"
"""The fields."""
KINDS = "tasks.md, PLAN.md, requirements.md, design.md, entity_specs, SQL, JDL, notes as text, or a .zip of them."


def import_view(origin: Origin, plans: Sequence[Plan], meant: str) -> dict[str, Any]:
    """Return the form; ``plans`` can take files, ``meant`` is the id of the one that is chosen at first, or `NEW`."""
    options = {NEW: "A new plan here"}
    options |= {plan.id: clip(f"{plan.title} ({plan.handle})", LONGEST_OPTION) for plan in plans[:MOST_PLANS]}
    blocks = [
        field(FILES, "Files", {"type": "file_input", "max_files": MOST_FILES}, KINDS),
        field(FOR, "Which plan are they for?", one_of(options, meant if meant in options else NEW)),
        field(WORDS, "What should I know?", text_field(multiline=True), optional=True),
    ]
    return modal(Action.IMPORT, "Import files", blocks, origin, submit="Import")


def chosen_files(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the files that were chosen."""
    return [file for file in state_of(view, FILES).get("files") or [] if isinstance(file, Mapping)]
