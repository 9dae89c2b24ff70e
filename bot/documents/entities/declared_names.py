"""The names that blocks of entity_specs declare, before any line of them is read."""

from __future__ import annotations

from bot.documents.entities.cardinalities import folded
from bot.documents.entities.entity_blocks import Block, block_name
from bot.documents.entities.entity_lines import Names
from bot.documents.naming import table_name

__all__ = ["declared_names", "plain", "table_of"]


def declared_names(blocks: list[Block]) -> Names:
    """Return the entities, enums and tables that the blocks declare."""
    entities = [block for block in blocks if block.kind == "ENTITY"]
    tables: dict[str, str] = {}
    for block in entities:
        tables.setdefault(table_of(block), block_name(block))
    names = frozenset(block_name(block) for block in entities)
    enums = frozenset(block_name(block) for block in blocks if block.kind == "ENUM")
    return Names(names, enums, tables, {folded(block_name(block)): block_name(block) for block in entities})


def table_of(block: Block) -> str:
    """Return the table of an entity's block, derived where it is not given."""
    given, _ = block.values.get("TABLE", ("", block.head))
    return plain(given) or table_name(block_name(block))


def plain(text: str) -> str:
    """Return a value without Markdown's code marks around it."""
    return text.strip().strip("`").strip()
