"""What people say behind an answer is read as any other sentence, or quoted: it never vanishes."""

from __future__ import annotations

import pytest

from bot.planning.conversation import Proposal
from tests.planning.talking import asked, fields_of, propose, quoted, rules_of, talk

SAID = "loans with a start and an end and a status: asked, out or back; tools with an isbn and a price"


def told(proposal: Proposal) -> str:
    """Return everything that a proposal holds: fields, rules, decisions, and what it quotes."""
    fields = [f"{entity.name}.{field}" for entity in proposal.specs.entities for field in fields_of(entity)]
    return "\n".join([*fields, *rules_of(proposal), *proposal.decisions, *quoted(proposal)])


@pytest.mark.parametrize(
    ("question", "answer", "kept"),
    [
        ("use", "yes. And a loan must end after it starts", "a loan must end after it starts"),
        ("use", "yes, and loans also have a note", "Loan.note:str"),
        ("use", "nobody needs to sign in, and tools also have a maker", "Tool.maker:str"),
        ("use", "No accounts. A loan goes asked → out → back.", "transition status: asked -> out, out -> back"),
        ("use", "Nobody signs in. Prices are shown in green somehow", "Prices are shown in green somehow"),
        ("use", "1. Also, tools have a colour", "Tool.colour:str"),
        ("links", "each loan names one tool. The price can be left out somehow", "price"),
        ("links", "They are not linked. Tools also have a weight in kg", "Tool.weight_kg:float"),
        ("unique", "No. Borrowers with a name and an e-mail.", "Borrower.email:EmailStr"),
        ("unique", "yes, and a tool has a shelf number", "Tool.shelf_number"),
        ("unique", "you decide. Every evening a robot sweeps the shed", "Every evening a robot sweeps the shed"),
    ],
)  # fmt: skip
def test_a_second_sentence_of_an_answer_is_kept(question: str, answer: str, kept: str) -> None:
    assert question in asked(talk(SAID))

    proposal = propose(talk(SAID, answers={question: answer}))

    assert kept in told(proposal)
    assert not any(piece.startswith("Accounts: ") for piece in proposal.unread)


def test_an_answer_that_is_said_twice_is_quoted_nowhere() -> None:
    proposal = propose(
        talk(SAID, answers={"links": "no. They are not linked. Thanks!", "unique": "Yes. Unique, please."})
    )

    assert proposal.unread == ()
    assert "Loans and tools are not linked (Jon)" in proposal.decisions
    assert "Unique: Tool.isbn (Jon)" in proposal.decisions


def test_what_picks_some_of_several_belongs_to_the_answer() -> None:
    said = "tools with an isbn and a serial number"
    proposal = propose(talk(said, answers={"unique": "yes. But the serial number may occur twice"}))

    assert [field.name for field in proposal.specs.entities[0].fields if field.unique] == ["isbn"]
    assert proposal.unread == ()
