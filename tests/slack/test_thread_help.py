"""What the bot tells of itself in a thread: what can be said at this stage, and what it can build."""

from __future__ import annotations

import pytest

from bot.documents.entities.declared_rules import RULE_FORMS
from bot.local_workspace.limits import block_problems
from bot.planning.built_in.rules.rule_examples import RULE_EXAMPLES
from bot.slack.blocks.rendered import Rendered
from bot.slack.thread_help import asks_what_is_built, stage_help, what_is_built
from bot.store.tables import ConversationMessage
from bot.workflow.stages import Hold, PlanStage
from tests.local_workspace.driving import PersonAtWork
from tests.slack.at_work import rows, started, told
from tests.slack.running import RunningBot, shown
from tests.slack.test_blocks import SIZES, a_plan


def words_of(message: Rendered) -> str:
    """Return what a message says."""
    return shown({"blocks": message.blocks})


@pytest.mark.parametrize(
    "said",
    [
        "what rules can you build?", "what can you build?", "which rules do you know?", "What can you build here",
        "hey, what kinds of rules can you make?", "which kinds of rules do you understand", "what rules are there?",
        "which rules are possible", "list the rules you know", "show all rules that you can build",
        "how do I write a rule?", "what can I say?", "what can you do without a model?",
    ],
)  # fmt: skip
def test_who_asks_what_is_built_is_understood(said: str) -> None:
    assert asks_what_is_built(said)


@pytest.mark.parametrize(
    "said",
    [
        "rules of the house are kept with a title", "what can members build?", "members can build houses",
        "which book?",
        "you can build it now", "what can you build for members that have three houses and a garden each?", "rules", "",
    ],
)  # fmt: skip
def test_other_words_ask_nothing_of_it(said: str) -> None:
    assert not asks_what_is_built(said)


def test_what_is_built_names_every_form_of_rule_with_its_example_and_what_becomes_of_others() -> None:
    message = what_is_built()
    words = words_of(message)
    for form, example in zip(RULE_FORMS, RULE_EXAMPLES.values(), strict=True):
        assert f"“{example}”" in words
        assert form.replace(">", "&gt;") in words or form in words
    assert "which a model writes" in words
    assert "`OPENAI_API_KEY`: docs/operations.md" in words
    assert block_problems(message.blocks) == []


@pytest.mark.parametrize(
    ("changes", "words", "others"),
    [
        ({"stage": PlanStage.GATHERING}, "forget berths", "`approve`"),
        ({"stage": PlanStage.IN_REVIEW}, "drop the rule “…”", "forget berths"),
        ({"stage": PlanStage.APPROVED}, "is being built", "`approve`"),
        ({"stage": PlanStage.BUILDING}, "next task that a model writes", "`approve`"),
        ({"stage": PlanStage.DELIVERED}, "Make this a change", "`stop`"),
        ({"stage": PlanStage.CANCELLED}, "is cancelled", "`stop`"),
        ({"stage": PlanStage.BUILDING, "hold": Hold.BLOCKED}, "`Retry` goes on", "is being built"),
        ({"stage": PlanStage.BUILDING, "hold": Hold.WAITING}, "waits for an answer", "is being built"),
        ({"stage": PlanStage.IN_REVIEW, "hold": Hold.PAUSED}, "`resume` goes on", "`approve`"),
    ],
)
def test_help_tells_what_can_be_said_at_this_stage(changes: dict[str, str], words: str, others: str) -> None:
    for size in SIZES:
        message = stage_help(a_plan(size, **changes))
        assert words in words_of(message)
        assert others not in words_of(message)
        assert block_problems(message.blocks) == []


def test_in_review_it_tells_how_to_go_back_where_there_is_a_way_back() -> None:
    assert "`go back to review 2`" in words_of(stage_help(a_plan(1, stage=PlanStage.IN_REVIEW, review=3)))
    assert "undo" not in words_of(stage_help(a_plan(1, stage=PlanStage.IN_REVIEW, review=1)))


async def test_in_a_thread_both_are_answered_to_who_asks_and_taken_as_nothing_else(
    bot: RunningBot, mara: PersonAtWork, jon: PersonAtWork
) -> None:
    thread = await started(bot, mara)
    await jon.say("help", thread_ts=thread)
    assert "is in review. What you can say here now" in shown(await told(jon, "in review", thread=thread))
    await jon.say("@planthread which rules do you know?", thread_ts=thread)
    assert "no overlap of FIELD" in shown(await told(jon, "What I build from what you say", thread=thread))
    assert (await bot.settled("in review")).review == 1
    assert len(await rows(bot, ConversationMessage)) == 1


async def test_outside_of_a_thread_the_question_starts_no_plan(bot: RunningBot, jon: PersonAtWork) -> None:
    await jon.say("@planthread what can you build?")
    assert "“a lent book can't be lent again”" in shown(await told(jon, "What I build from what you say"))
    assert await bot.plans() == []
