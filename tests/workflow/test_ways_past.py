"""What a review says to write to get past a finding is read by the built-in planner, and gets past it."""

from __future__ import annotations

import pytest

from bot.checks import check_entity_specs
from bot.documents.entities.entity_specs_reader import read_entity_specs
from bot.documents.findings import Finding, Severity
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Answer, Conversation, Message, Proposal
from bot.planning.derived import derive
from bot.workflow.ways_past import way_past
from tests.checks.test_entity_specs import CASES, book

MENDED = {
    ("PT203", 2): "rename Book to BookRecord",
    ("PT208", 0): "rename ctid of Book to book_ctid",
    ("PT208", 1): "rename returning of Book to book_returning",
    ("PT221", 3): "Book.id is required",
    ("PT226", 0): "remove size from Book",
    ("PT231", 0): "rename title of Book to book_title",
    ("PT240", 0): "price of Book is money",
    ("PT240", 1): "late_fee of Book is money",
    ("PT240", 3): "amount_of_honey of Book is money",
    ("PT241", 2): "remove size from Book",
    ("PT242", 9): "size of Book is at least 1",
    ("PT245", 3): "remove code from Book",
}
"""Cases of the checks that a pasted document brings into a review, each with what to write."""


async def proposed(specs: str, *changes: str) -> Proposal:
    """Return what the built-in planner proposes for pasted entity_specs and changes of them."""
    said = Message(author="U0MARA", text=f"a shop\n<entity_specs>\n{specs}\n</entity_specs>", timestamp="1")
    asked = tuple(Message(author="U0MARA", text=text, timestamp=f"2.{n}") for n, text in enumerate(changes))
    conversation, planner = Conversation(messages=(said,), changes=asked), BuiltInPlanner()
    while questions := (await planner.interview(conversation)).questions:
        answers = [Answer(question=one, text="", author="U0MARA", timestamp=f"3.{one.id}") for one in questions]
        conversation = conversation.model_copy(update={"answers": (*conversation.answers, *answers)})
        assert len(conversation.answers) < 9, "nobody is asked for ever"
    return await planner.propose(conversation)


def blocking(proposal: Proposal) -> list[Finding]:
    """Return the findings that leave no way to approve."""
    return [finding for finding in derive(proposal).findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize(("case", "words"), MENDED.items(), ids=lambda value: f"{value}")
async def test_the_words_get_past_the_finding(case: tuple[str, int], words: str) -> None:
    rule, number = case
    specs = CASES[rule][number][0]
    before = await proposed(specs)
    (finding,) = blocking(before)
    assert finding.rule == rule
    assert way_past(finding, before.specs) == words

    after = await proposed(specs, words)
    assert blocking(after) == []
    assert after.unread == ()


async def test_where_nothing_can_be_left_out_alone_people_say_what_they_want() -> None:
    before = await proposed(CASES["PT233"][0][0])
    (finding,) = blocking(before)
    assert way_past(finding, before.specs) == ""


async def test_a_new_name_is_nobodys_in_the_entity() -> None:
    before = await proposed(CASES["PT208"][0][0].replace("ctid: ", "book_ctid: str\n  - ctid: "))
    (finding,) = blocking(before)
    assert way_past(finding, before.specs) == "rename ctid of Book to book_ctid_value"


@pytest.mark.parametrize(
    ("rule", "specs", "advice"),
    [
        ("PT206", book(name="Base"), "Rename Base to BaseRecord, for example."),
        ("PT206", book(name="Decimal"), "Rename Decimal to DecimalRecord, for example."),
        ("PT210", book(name="Value"), "Rename Value to ValueRecord, for example."),
    ],
)
async def test_what_a_finding_advises_works_when_it_is_typed(rule: str, specs: str, advice: str) -> None:
    read = read_entity_specs(specs).specs
    assert advice in {one.next_step for one in check_entity_specs(read) if one.rule == rule}

    after = await proposed(specs, advice)
    assert after.unread == ()
    (entity,) = after.specs.entities
    assert entity.name.casefold() == advice.split()[3].rstrip(",").casefold()
    assert rule not in {one.rule for one in derive(after).findings}
