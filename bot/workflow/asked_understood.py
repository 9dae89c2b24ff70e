"""What the bot answers to whether it understood something, while a plan gathers: "did you get that dogs go out once?".

It tries the sentence beside all that was said, and tells whether that is in the plan already; it keeps none of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.clipping import clip_words
from bot.documents.entities.declared_rules import NoOverlap, OneOpen
from bot.documents.entities.difference import describe_changes
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.rule_lines import write_rule
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.phrases.rule_phrases import Form, read_rule
from bot.planning.built_in.questions.unread_pieces import says_again
from bot.planning.built_in.words.vocabulary import straight
from bot.planning.conversation import Conversation, Proposal
from bot.workflow.asked_abilities import unread_since, without_and_with
from bot.workflow.named_in_questions import asked_about
from bot.workflow.told_of_documents import told_of_entity, told_of_field

__all__ = ["asked_understood", "told_understood"]

LONGEST = 300
LONGEST_QUOTE = 200
MOST_CHANGES = 3
OPENING = r"(?:(?:hi|hey|hello|ok|okay|and|so|but|wait|hm+|sorry|well|um|just)\b[,:!.\s]*)*"
GET = (
    r"(?:get|got|understand|understood|read|see|seen|know|known|note|noted|notice|noticed|catch|caught|hear|heard|"
    r"take\s+in|taken\s+in|take\s+into\s+account|pick(?:ed)?\s+up|realise|realize|remember)"
)
UNDERSTOOD = regex(
    rf"^{OPENING}(?:(?:did|do|have)\s+you\s+(?:also\s+|really\s+|already\s+)*{GET}(?:\s+it)?|are\s+you\s+aware|"
    r"is\s+it\s+clear(?:\s+to\s+you)?)\s*(?:\b(?:the\s+(?:part|bit|thing)\s+)?that|:)\s+(?P<what>[^?]+)\?*$",
    re.IGNORECASE,
)
"""Whether the bot took something in."""
SAY_IT = "I took this as a question; said as a sentence of its own, it counts."


def asked_understood(text: str) -> str:
    """Return the sentence of which a message asks whether the bot took it in; nothing of every other message."""
    said = " ".join(straight(text.replace("？", "?")).split())
    match = UNDERSTOOD.match(said) if len(said) <= LONGEST and said.endswith("?") else None
    return match["what"].strip(" ,.") if match else ""


async def told_understood(conversation: Conversation, sentence: str) -> str:
    """Say whether a sentence is in what the built-in planner understood so far; nothing before it has things."""
    proposals = await without_and_with(conversation, sentence)
    if proposals is None:
        return ""
    before, after = proposals
    quoted = f"“{clip_words(sentence, LONGEST_QUOTE)}”"
    if rule := rule_of(before, sentence) or rule_read(before, after, sentence):
        return f"Yes, as a rule: {rule}."
    if task := same_as(sentence, [one.title for one in before.custom]):
        return f"Yes, but no template of mine builds it: {task} stays an open task, which a model writes or you do."
    if unread := same_as(sentence, before.unread):
        return f"No: I could not read “{clip_words(unread, LONGEST_QUOTE)}”. Say it in other words."
    if unread_since(before, after) or len(after.custom) > len(before.custom):
        known = named_in(before.specs, sentence)
        no = f"Not in these words, as far as I can tell. What it names: {known}" if known else f"No, not {quoted}."
        return f"{no} {SAY_IT}"
    if changes := describe_changes(before.specs, after.specs):
        gains = clip_words("; ".join(changes[:MOST_CHANGES]), LONGEST_QUOTE)
        return f"Not yet: with {quoted} said, {gains}. {SAY_IT}"
    return f"Yes: {quoted} adds nothing to what I understood so far."


def same_as(sentence: str, pieces: Sequence[str]) -> str:
    """Return the piece that says the same as a sentence, no more and no less; or nothing."""
    return next((one for one in pieces if says_again(sentence, one) and says_again(one, sentence)), "")


def named_in(specs: EntitySpecs, sentence: str) -> str:
    """Return what is known of the fields that a sentence names, or else of the things, with their values and rules."""
    asked = asked_about(specs, sentence)
    if asked.fields:
        return " ".join(told_of_field(specs, entity, field) for entity, field in asked.fields[:MOST_CHANGES])
    rules = [f"{rule_in_words(entity.name, rule)}." for entity in asked.entities for rule in entity.rules]
    return " ".join([*(told_of_entity(specs, entity) for entity in asked.entities[:MOST_CHANGES]), *rules])


def rule_of(plan: Proposal, sentence: str) -> str:
    """Return the declared rule that keeps what a sentence says of something that is had once at a time; or nothing."""
    wish = read_rule(sentence)
    owner = snake_case(wish.part("owner")) if wish and wish.form in {Form.NO_OVERLAP, Form.ONE_OPEN} else ""
    return next(
        (
            rule_in_words(entity.name, rule)
            for entity in plan.specs.entities
            for rule in entity.rules
            if isinstance(rule, NoOverlap | OneOpen) and rule.relation == owner
        ),
        "",
    )


def rule_read(before: Proposal, after: Proposal, sentence: str) -> str:
    """Return the rule as which a sentence was read, where a plan declared it before; or nothing."""
    declared = {(entity.name, write_rule(rule)) for entity in before.specs.entities for rule in entity.rules}
    for entity in after.specs.entities:
        for rule in entity.rules:
            lead = f"Rule of {entity.name}, “{write_rule(rule)}”: "
            is_read = any(one.startswith(lead) and f"“{sentence}”" in one for one in after.decisions)
            if is_read and (entity.name, write_rule(rule)) in declared:
                return rule_in_words(entity.name, rule)
    return ""
