"""Words that take something back before there is a review: "remove bases", "rename bases to customers"."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.patterns import regex
from bot.planning.built_in.changes.brought_back import brings_back
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.corrected_links import read_corrected
from bot.planning.built_in.phrases.denials import is_called
from bot.planning.built_in.phrases.disowned import read_unsaid_pair
from bot.planning.built_in.phrases.leaving_out import read_leaving_out
from bot.planning.built_in.phrases.naming import read_first_name, read_name
from bot.planning.built_in.phrases.plain_changes import in_short
from bot.planning.built_in.phrases.plain_facts import read_plain_fact, says_no_thing
from bot.planning.built_in.phrases.same_things import read_same_things
from bot.planning.built_in.phrases.taking_back import read_taken_back
from bot.planning.built_in.phrases.unlinked_pairs import read_unlinked
from bot.planning.built_in.questions.denied_things import things_denied
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import SENTENCE_WORDS, a, entity_name, straight
from bot.planning.conversation import Conversation, Message

__all__ = [
    "asks_for_change",
    "denied_things",
    "early_changes",
    "is_taken_already",
    "without_changes",
    "without_changes_of",
    "without_first_changes",
]

NAME = r"[\w' -]{1,60}?"
REMOVED = (
    r"(?:remove|delete|drop|forget(?:\s+about)?|leave\s+out|get\s+rid\s+of|take\s+out)\s+"
    rf"(?P<what>(?:the\s+|all\s+|my\s+)?{NAME})(?:\s+(?:again|please|from\s+[\w' -]{{1,40}}))?"
)
CHANGES = tuple(
    regex(rf"^(?:please\s+|no,?\s+|ok,?\s+)?{pattern}[.!]*$", re.IGNORECASE)
    for pattern in (
        REMOVED,
        rf"rename\s+{NAME}\s+(?:to|into|as)\s+{NAME}",
        rf"(?:in|of|for|on)\s+{NAME}\s*[,:]?\s+rename\s+{NAME}\s+(?:to|into|as)\s+{NAME}",
        rf"call\s+(?:it|them|the\s+)?{NAME}\s+{NAME}\s+instead",
    )
)
OF_RULE = regex(
    r"^(?:please\s+)?(?:drop|remove|delete|forget|scrap|lift)\s+(?:the|that|this)\s+(?:rule|limit|restriction)\s.{1,400}$",
    re.IGNORECASE,
)
"""A rule is taken back, in whichever words."""
OTHERS = frozenset({"that", "this", "it", "them", "everything", "all", "nothing"})


def asks_for_change(text: str) -> bool:
    """Tell whether a whole message takes something back or gives it another name, and says nothing else."""
    return bool(as_change(text))


def as_change(sentence: str) -> str:
    """Return a sentence as a change says it, or nothing where it is none."""
    text = in_short(straight(sentence))
    if read_leaving_out(text):
        return ""
    if read_plain_fact(text) or read_name(text) or OF_RULE.match(text) or read_taken_back(text):
        return text
    if read_same_things(text) or brings_back(text):
        return text
    for pattern in CHANGES:
        match = pattern.match(text)
        what = (match.groupdict().get("what") or "").lower().split() if match else []
        if match and not set(what) & (SENTENCE_WORDS | OTHERS - {"all"}):
            return re.sub(r"^(?:please|no,?|ok,?)\s+", "", text, flags=re.IGNORECASE)
    return ""


def without_changes(text: str) -> str:
    """Return a message without its sentences that take something back; as it is where it has none."""
    return without(as_change, text)


def without_changes_of(answer: str, part: str) -> str:
    """Return a part of an answer without the sentences that are read as changes, which only whole ones of it are."""
    whole = set(sentences_of(answer))
    return without(lambda sentence: sentence in whole and as_change(sentence), part)


def without_first_changes(text: str) -> str:
    """Return the first wish without its sentences that say a name, or that two words are one thing; else as it is."""
    return without(first_change, text)


def first_change(sentence: str) -> bool:
    """Tell whether a sentence of the first wish names the whole, or says that a word is no thing, or another's."""
    return bool(read_first_name(sentence) or read_same_things(sentence) or says_no_thing(sentence))


def without(reads: Callable[[str], object], text: str) -> str:
    """Return a text without the sentences of which something is read; as it is where it has none."""
    sentences = sentences_of(text)
    if not any(reads(sentence) for sentence in sentences):
        return text
    return "\n".join(sentence for sentence in sentences if not reads(sentence))


def denied_things(conversation: Conversation, draft: Draft) -> list[Message]:
    """Return what later messages and answers say of things of a draft: that there are none."""
    said = [*conversation.messages[1:], *(one.as_message() for one in conversation.answers)]
    return [
        message.model_copy(update={"text": sentence})
        for message in said
        for sentence in sentences_of(message.text)
        if not as_change(sentence) and things_denied(draft, sentence)
    ]


def stresses(sentence: str) -> bool:
    """Tell whether a sentence stresses what is right: "it is the report that she writes, not the costume"."""
    said = read_corrected(sentence)
    return said is not None and said.is_first


def is_so_already(draft: Draft, sentence: str) -> bool:
    """Tell whether a sentence says of something that it is no thing, and nothing is made of it but a field."""
    fact = read_plain_fact(sentence) if says_no_thing(sentence) else None
    name = entity_name(fact.what) if fact and fact.is_no_thing else ""
    return bool(name) and draft.other_words.get(name, name) not in draft.entities


def is_taken_already(draft: Draft, change: str) -> bool:
    """Tell whether a change says of what an answer made a mere field that it is one."""
    fact = read_plain_fact(change)
    named = [gone for gone in draft.gone if fact and is_called(fact.what, gone)]
    return any(
        one.startswith(f"{a(gone).capitalize()} is no thing of its own") for gone in named for one in draft.decisions
    )


def early_changes(conversation: Conversation, draft: Draft) -> list[Message]:
    """Return what messages and answers before the first review take back; the first message is a wish.

    A name of the whole, that two words are one thing, and that one is no thing at all, are taken from it too,
    unless it is so already.
    """
    said = [*conversation.messages[1:], *(one.as_message() for one in conversation.answers)]
    taken_back = [
        message.model_copy(update={"text": sentence})
        for message in conversation.messages[1:]
        for sentence in sentences_of(message.text)
        if read_unsaid_pair(sentence) or read_unlinked(sentence) or stresses(sentence)
    ]
    taken_back += [
        message.model_copy(update={"text": sentence})
        for message in conversation.messages[:1]
        for sentence in sentences_of(message.text)
        if first_change(sentence) and not is_so_already(draft, sentence)
    ]
    return taken_back + [
        message.model_copy(update={"text": change})
        for message in said
        for change in map(as_change, sentences_of(message.text))
        if change
    ]
