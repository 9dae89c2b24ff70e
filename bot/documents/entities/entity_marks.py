"""What stands in brackets after an entity's name: ``(account)`` and ``(renamed from OldName)``, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.documents.entities.entity_blocks import class_name
from bot.documents.entities.entity_lines import keyword_of
from bot.documents.entities.entity_specs import Entity
from bot.documents.text.quoted_text import quoted_value, split_brackets, split_commas, unquoted_value

__all__ = ["EntityMarks", "read_marks", "written_marks"]

ACCOUNT = "account"
RENAMED = "renamed from"


@dataclass
class EntityMarks:
    """The marks of one entity."""

    account: bool = False
    renamed_from: str | None = None
    spelled: str = ""
    """The former name as the text has it."""
    repeated: bool = False
    """There are several former names; the last one holds."""
    unknown: list[str] = field(default_factory=list)


def read_marks(head: str) -> EntityMarks:
    """Return the marks of a head's text, such as ``Rack (account, renamed from Shelf)``."""
    parts = split_brackets(head)
    marks = EntityMarks(unknown=[parts.tail] if parts.tail else [])
    for piece in (piece for group in parts.groups for piece in split_commas(group)):
        if piece.lower() == ACCOUNT:
            marks.account = True
        elif not read_former_name(piece, marks):
            marks.unknown.insert(len(marks.unknown) - bool(parts.tail), piece)
    return marks


def read_former_name(piece: str, marks: EntityMarks) -> bool:
    """Take ``renamed from OldName``; tell whether it is that."""
    words = " ".join(piece.replace("_", " ", 1).split()) if piece.lower().startswith("renamed_from") else piece
    if not keyword_of(words, (RENAMED,)):
        return False
    raw = words[len(RENAMED) :].lstrip().removeprefix(":").removeprefix("=").lstrip()
    spelled = (unquoted_value(raw) or "").strip("`* ")
    name = class_name(spelled) if spelled else ""
    if not name:
        return False
    marks.repeated |= marks.renamed_from is not None
    marks.renamed_from, marks.spelled = name, spelled
    return True


def written_marks(entity: Entity) -> str:
    """Return the marks as the canonical form has them, with a blank before; empty where there are none."""
    marks = [ACCOUNT] if entity.account else []
    marks += [f"{RENAMED} {quoted_value(entity.renamed_from)}"] if entity.renamed_from is not None else []
    return f" ({', '.join(marks)})" if marks else ""
