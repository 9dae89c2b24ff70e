"""The documents that are measured: entity_specs and checklists of any size."""

from __future__ import annotations

__all__ = ["checklist_of", "specs_of"]


def specs_of(entities: int) -> str:
    """Return entity_specs of so many entities: a text, an amount, a choice, and a reference to the one before."""
    return "\n".join(entity_of(number) for number in range(1, entities + 1))


def entity_of(number: int) -> str:
    """Return one entity."""
    before = number - 1
    parent = [f"  - item{before}_id: int (foreign key to Item{before}, on delete restrict)"] if before else []
    lines = [
        f"ENTITY: Item{number}",
        f"TABLE: item{number}s",
        "FIELDS:",
        "  - id: int (primary key, auto-generated)",
        "  - title: str (max 200)",
        "  - price: Decimal (min 0, digits 8 places 2)",
        f"  - status: Item{number}Status (enum, default OPEN)",
        *parent,
        "  - created_at: datetime",
        "  - updated_at: datetime",
        f"API_PATH: /api/v1/item{number}s",
        "",
        f"ENUM: Item{number}Status",
        "VALUES: OPEN, CLOSED",
        "",
    ]
    return "\n".join(lines)


def checklist_of(tasks: int) -> str:
    """Return a checklist of so many tasks, one in ten a parent; 50,000 fit in what readers take."""
    return "# Implementation Plan\n\n" + "".join(task_of(number) for number in range(tasks))


def task_of(number: int) -> str:
    """Return a task with a detail and references, or the parent of the nine that follow."""
    phase, own = divmod(number, 10)
    if own == 0:
        return f"- [ ] {phase + 1}. Phase {phase + 1}\n"
    mark = " -x"[number % 3]
    references = f"{phase % 9 + 1}.{own}, {phase % 7 + 1}.2"
    return f"  - [{mark}] {phase + 1}.{own} Item {number}\n    - Write its model\n    - _Requirements: {references}_\n"
