"""The documents that are measured: entity_specs of any size."""

from __future__ import annotations

__all__ = ["specs_of"]


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
