"""`why` over every criterion of three plans: what it quotes speaks of the criterion, or it says why nobody said it."""

from __future__ import annotations

import pytest

from bot.documents.entities.rule_lines import write_rule
from bot.generation.rule_criteria import rule_sentences
from bot.planning.built_in.words.vocabulary import spoken
from bot.planning.conversation import Conversation, Message, Proposal
from bot.planning.derived import derive
from bot.planning.sources import SIGNING_IN, SMALL, stems
from bot.workflow.documents import Documents
from bot.workflow.provenance import Reason, why_criterion, why_in
from tests.planning.talking import propose, talk

LIBRARY = (
    "a library: books with a title, an ISBN, a price and a status available/lent; members with a name and an e-mail",
    "A member borrows many books.",
    "A lent book can't be lent again.",
    "Books are lent for three weeks.",
    "A member may have at most three open loans.",
    "A member must never sell a book.",
)
CLINIC = (
    "a clinic: patients with a name and an e-mail; doctors with a name and a specialty",
    (
        "An appointment belongs to one patient and one doctor and has a start, an end and a status "
        "requested/confirmed/done/cancelled."
    ),
    "A doctor can't have two appointments at the same time.",
    "An appointment goes from requested to confirmed to done.",
    "An appointment can be cancelled until it is done.",
    "The start must not be in the past.",
)
MARKET = (
    "a marketplace: sellers with a name and an e-mail; listings with a price and a status draft/published/sold",
    "Each listing belongs to one seller; buyers with a name.",
    "An offer belongs to one listing and one buyer and has an amount and a status open/accepted/declined.",
    "Sellers log in.",
    "Only the seller may delete a listing.",
    "An accepted offer can't be changed.",
    "The amount must not exceed the price of the listing.",
)
RULES = {
    LIBRARY: {"one open Loan": [LIBRARY[2]], "due_at = ": [LIBRARY[3]], "at most 3 Loan": [LIBRARY[4]]},
    CLINIC: {"no overlap": [CLINIC[2]], "transition": [CLINIC[3], CLINIC[4]]},
    MARKET: {"delete only by": [MARKET[4]], "update only while": [MARKET[5]], "transition": [MARKET[5]]},
}


def reasons_of(texts: tuple[str, ...]) -> tuple[Conversation, Proposal, Documents, list[Reason]]:
    conversation = talk(*texts)
    proposal = propose(conversation)
    derived = derive(proposal)
    documents = Documents(requirements=derived.requirements, specs=derived.specs, task_plan=derived.task_plan)
    numbers = [criterion.number for criterion in derived.requirements.criteria()]
    reasons = [why_criterion(documents, conversation, number, proposal.decisions)[0] for number in numbers]
    return conversation, proposal, documents, reasons


@pytest.mark.parametrize("texts", [LIBRARY, CLINIC, MARKET])
def test_what_why_quotes_speaks_of_the_criterion(texts: tuple[str, ...]) -> None:
    _, _, _, reasons = reasons_of(texts)

    for reason in reasons:
        assert reason.sources or reason.assumptions or reason.derived, reason.text
        for source in reason.sources:
            said = stems(source.quote) - SMALL
            assert said & (stems(spoken(reason.text)) - SMALL) or said & SIGNING_IN, (reason.text, source.quote)


@pytest.mark.parametrize("texts", [LIBRARY, CLINIC, MARKET])
def test_the_source_of_a_rule_is_the_sentence_that_it_was_read_from(texts: tuple[str, ...]) -> None:
    _, _, documents, reasons = reasons_of(texts)
    by_text = {reason.text: reason for reason in reasons}
    found = {
        write_rule(rule): [source.quote for source in by_text[sentence].sources]
        for entity in documents.specs.entities
        for rule, sentence in zip(entity.rules, rule_sentences(entity, documents.specs), strict=True)
    }

    assert len(found) == len(RULES[texts])
    for words, said in RULES[texts].items():
        quotes = next(quotes for form, quotes in found.items() if form.startswith(words))
        assert quotes == [one.strip(".") for one in said]


@pytest.mark.parametrize("texts", [LIBRARY, CLINIC, MARKET])
def test_the_source_of_an_open_task_is_its_own_sentence(texts: tuple[str, ...]) -> None:
    _, proposal, _, reasons = reasons_of(texts)

    assert len(proposal.custom) == 1
    task = next(reason for reason in reasons if reason.text == proposal.custom[0].criterion)
    assert [source.quote for source in task.sources] == [texts[-1].strip(".")]


STEPS = (
    "add a status lost to repairs",
    "a ready repair can go back to in work",
    "a repair may go from ready to lost",
    "lost repairs can go back to ready",
)
"""Asked changes of the steps of a status, one after the other."""


def test_every_change_of_a_status_is_in_its_chain_and_in_order() -> None:
    first = "A repair goes from taken in to in work, then ready, then collected"
    idea = f"Clocks with a make. Repairs with a fault and a status taken_in/in_work/ready/collected. {first}."
    changes = tuple(Message(author="Jon", text=text, timestamp=f"3.{at}") for at, text in enumerate(STEPS))
    conversation = talk(idea).model_copy(update={"changes": changes})
    proposal = propose(conversation)
    derived = derive(proposal)
    documents = Documents(requirements=derived.requirements, specs=derived.specs, task_plan=derived.task_plan)
    steps = next(one.number for one in derived.requirements.criteria() if "changes it otherwise" in one.text)

    of_rule = why_in(documents, conversation, steps, proposal.decisions)[0]
    of_field = why_in(documents, conversation, "Repair.status", proposal.decisions)[0]

    assert [source.quote for source in of_rule.sources] == [first, *STEPS]
    assert [source.quote for source in of_field.sources][-len(STEPS) :] == [*STEPS]
