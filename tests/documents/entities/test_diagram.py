"""The diagram of entities, in the words of Mermaid."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings

from bot.documents.entities.diagram import mermaid
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from tests.documents.strategies import entity_specs

LIBRARY = (Path(__file__).parent.parent / "samples" / "library.specs.txt").read_text(encoding="utf-8")
WORD = r"[A-Za-z0-9_]+"
LINES = (
    r"erDiagram",
    rf"    {WORD} \{{",
    rf"        {WORD}(?:\[\])? {WORD}(?: (?:PK|FK|UK)(?:, (?:FK|UK))*)?",
    r"    \}",
    rf"    {WORD} (?:\|[|o]|\}}o)--o[|{{] {WORD} : {WORD}",
)


def test_entities_fields_and_links_are_drawn() -> None:
    text = mermaid(read_entity_specs(LIBRARY).specs)
    assert "    Book {\n        int id PK\n        str title\n        str isbn UK\n" in text
    assert "        int book_id FK\n" in text
    assert text.endswith("    Book ||--o{ Loan : book_id\n    Member ||--o{ Loan : member_id\n")


def test_optional_unique_and_many_to_many_links_look_different() -> None:
    text = mermaid(
        read_entity_specs(
            "ENTITY: A\nFIELDS:\n- b_id: Optional[int] (fk to B, unique)\nRELATIONS:\n- bs: B (ManyToMany)\n\n"
            "ENTITY: B\nFIELDS:\n- tags: list[str]\nRELATIONS:\n- others: A (ManyToMany)\n"
        ).specs
    )
    assert "    B |o--o| A : b_id" in text
    assert text.count("}o--o{") == 1
    assert "str[] tags" in text


@settings(deadline=None)
@given(entity_specs())
def test_every_line_is_one_that_mermaid_knows(specs: EntitySpecs) -> None:
    for line in mermaid(specs).splitlines():
        assert any(re.fullmatch(pattern, line) for pattern in LINES), line
