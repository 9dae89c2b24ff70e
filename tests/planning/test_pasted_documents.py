"""Documents that people paste or drop: entity_specs as what was said or as a change, requirements that stay wishes."""

from __future__ import annotations

from pathlib import Path

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.entity_specs_writer import write_entity_specs
from bot.documents.requirements.requirements_writer import write_requirements
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Conversation, Message, Proposal
from bot.planning.derived import derive

LIBRARY = (Path(__file__).resolve().parents[2] / "examples" / "library_specs.txt").read_text(encoding="utf-8")
SHOP = """ENTITY: Shelf
TABLE: shelves
FIELDS:
  - id: int (primary key, auto-generated)
  - name: str
API_PATH: /api/v1/shelves
"""


async def proposed(*messages: str, changes: tuple[str, ...] = ()) -> Proposal:
    """Return what the built-in planner makes of messages and changes."""
    said = tuple(Message(author="U1", text=text, timestamp=str(number)) for number, text in enumerate(messages))
    asked = tuple(Message(author="U1", text=text, timestamp=f"c{number}") for number, text in enumerate(changes))
    return await BuiltInPlanner().propose(Conversation(messages=said, changes=asked))


def names(specs: EntitySpecs) -> list[str]:
    return [entity.name for entity in specs.entities]


async def test_requirements_beside_their_specs_add_nothing_and_lose_nothing() -> None:
    alone = await proposed("a library", LIBRARY)
    written = write_requirements(derive(alone).requirements)
    both = await proposed("a library", LIBRARY, written)
    assert both.specs == alone.specs
    assert both.unread == ()
    assert "4 requirements taken from the pasted document (U1)" in both.decisions


async def test_a_criterion_that_nothing_derived_says_is_quoted_with_its_number() -> None:
    wish = "WHEN a loan is late for a week, THE System SHALL ring the bell of the library."
    document = f"# Requirements Document\n\n### Requirement 1: Bells\n\n#### Acceptance Criteria\n\n1. {wish}\n"
    proposal = await proposed("a library", LIBRARY, document)
    assert proposal.unread == (f"Criterion 1.1: {wish}",)
    assert names(proposal.specs) == ["Member", "Author", "Book", "Loan"]


async def test_entity_specs_in_a_change_replace_the_entities_that_they_name() -> None:
    longer = LIBRARY.replace(
        "  - full_name: str (index, min 1, max 80)", "  - full_name: str (index, min 1, max 90)", 1
    )
    proposal = await proposed("a library", LIBRARY, changes=(longer,))
    member = proposal.specs.entities[0]
    assert next(field for field in member.fields if field.name == "full_name").maximum == "90"
    assert proposal.unread == ()
    assert names(proposal.specs) == ["Member", "Author", "Book", "Loan"]


async def test_a_change_takes_entities_out_beside_the_specs_that_no_longer_have_them() -> None:
    both = write_entity_specs((await proposed("a shop", SHOP + "\n" + SHOP.replace("Shelf", "Rack"))).specs)
    proposal = await proposed("a shop", both, changes=(f"Remove Rack.\n<entity_specs>\n{SHOP}</entity_specs>",))
    assert names(proposal.specs) == ["Shelf"]
    assert proposal.unread == ()
