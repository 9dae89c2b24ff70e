"""Tells what people said that is still in no plan: sentences of substance, each once and whole.

What was left unread on the way is in pieces; some of it was only talk, and some was said again in other words since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.open_rules import is_rule_like
from bot.planning.built_in.questions.said_since import is_there_by_now
from bot.planning.built_in.words.as_said import own_words
from bot.planning.built_in.words.deed_marks import VERBS_ONLY
from bot.planning.built_in.words.doing_verbs import base_of_deed, is_deed
from bot.planning.built_in.words.greetings import pleasantry
from bot.planning.built_in.words.sentence_marks import only_points
from bot.planning.built_in.words.sentences import is_thanks, sentences_of
from bot.planning.built_in.words.title_words import HOLLOW_HEADS
from bot.planning.built_in.words.vocabulary import (
    DETERMINERS,
    PLACES,
    PLURAL_FIRST_HALVES,
    SENTENCE_WORDS,
    SYSTEM_NOUNS,
    base_verb,
    has_plural,
    is_verb_form,
    is_you_decide,
    singular,
    word_set,
    words_of,
)
from bot.planning.conversation import Conversation

__all__ = [
    "content_of",
    "denies_title",
    "has_substance",
    "home_of",
    "quoted",
    "said_again",
    "speaks_of_gone",
    "still_left",
    "things_told",
    "whole_sentences",
]

LONGEST = 220
"""Characters of a sentence that is quoted whole; of a longer one, the pieces are."""
MOST_QUOTED = 5
FEW_WORDS = 3
"""A piece of fewer words that begins with a preposition says nothing without its sentence."""
CONDITION = regex(r"^(?:if|unless|until|as long as|for up to|up to|only if|only when)\s", re.IGNORECASE)
MOST_OF_CONDITION = 8
"""Words of a condition that says nothing without what it is a condition of."""
SAYS = regex(r"\b(?:can|may|must|should|will|is|are|gets?)\s+\w", re.IGNORECASE)
"""What only a sentence has, and no name of the whole."""
MOST_LEFT = 0.6
"""How much of a sentence must have stayed unread for it to be quoted whole: of a list, only what was not read is."""
MOST_AGAIN = 0.6
"""How much of what a piece says must be said in other words for it to be said again."""
TALK = word_set(
    "hello hi hey everybody everyone "
    "yes yeah yep no nope ok okay sure fine good great nice cool thanks thank right correct true exactly both all none "
    "neither either first second third last other one two three maybe perhaps sorry hm hmm well oh ah lol haha never "
    "mind wait again same that's it's cheers asdf qwer qwerty blah foo bar test testing same here agreed agree perfect"
)
"""Words that say nothing to build."""
SIZES = word_set(
    "small little new simple big our my run own lend rent hire out sell have offer organise organize manage plan"
)
"""What people say of the whole beside its name: "a small boat hire"."""
ANYBODY = word_set("people person somebody someone anybody anyone everybody everyone he she it her his their its our")
BEFORE_NOUNS = DETERMINERS | word_set("of with has have per her his their its our number")
PARTICLES = word_set("back out up in off over away down on")
WHOLES = SYSTEM_NOUNS | PLACES | word_set("calendar rota roster schedule timetable planning administration management")
"""What a name may end with behind a word that looks like what somebody does: "our boat rentals calendar"."""
MOST_OF_NAME = 4
"""Words among which a verb stands behind a name with its article."""
JOINTS = word_set("of on in at to for by as and or from with per about into onto over under up out off than also too")


def still_left(draft: Draft, conversation: Conversation, unread: Sequence[str]) -> list[str]:
    """Return what stayed unread and is worth a line, in whole sentences, each once."""
    pieces = [
        piece for piece in unread
        if has_substance(piece) and not speaks_of_gone(draft, piece) and not is_title(draft, piece)
        and not denies_title(draft, piece)
        and not is_there_by_now(draft, piece)
    ]  # fmt: skip
    return whole_sentences(pieces, said_in(conversation), [piece for piece in draft.unread if piece not in unread])


def is_title(draft: Draft, piece: str) -> bool:
    """Tell whether words of the first message only say what the whole is: "a small boat hire"."""
    if is_rule_like(piece) or SAYS.search(piece) or tells_deed(piece):
        return False
    is_first = any(piece.casefold() in " ".join(text.split()).casefold() for text in draft.said[:1])
    return is_first and content_of(piece) <= content_of(f"{draft.title} {draft.first_words}") | SIZES


def tells_deed(piece: str) -> bool:
    """Tell whether words say what several do: "shops donate food", "our gardeners mow lawns", "I tune pianos"."""
    words = words_of(piece)
    who, *rest = words[1:] if words[:1] in (["our"], ["the"]) else words or [""]
    if len(rest) < 2:
        return False
    return (
        does_to_things(words)
        or (has_plural(who) and rest[0] in {base_verb(rest[0]), base_of_deed(rest[0])})
        or (who in {"i", "we"} and is_deed(rest[0]))
    )


def does_to_things(words: Sequence[str]) -> bool:
    """Tell whether words say what one does: "the office pays deposits"; "the bike repairs log" names a thing."""
    if words[-1] in WHOLES or HOLLOW_HEADS & {words[-1]}:
        return False
    verbs = [at for at, word in enumerate(words[:MOST_OF_NAME]) if at and may_be_done(words[at - 1], word)]
    rest = words[verbs[0] + 1 :] if verbs else []
    return bool(rest) and (rest[0] in PARTICLES or rest[0] not in JOINTS | {"and"})


def may_be_done(who: str, word: str) -> bool:
    """Tell whether a word can be a verb that is said of the one before it, which is one of a kind."""
    is_one = who not in DETERMINERS | JOINTS and not has_plural(who)
    return is_one and word.endswith("s") and has_plural(word) and word not in PLURAL_FIRST_HALVES


def denies_title(draft: Draft, piece: str) -> bool:
    """Tell whether words only say that what the whole is called is no thing: none was made of it."""
    return piece.lower().startswith("no ") and bool(draft.title) and content_of(piece) == content_of(draft.title)


def said_in(conversation: Conversation) -> list[str]:
    """Return all that people wrote, in the order in which it is read."""
    texts = [message.text for message in (*conversation.messages, *conversation.changes)]
    return [*texts, *(answer.text for answer in conversation.answers)]


HOME = regex(r"^(?:in|at|to|from|on) (?:our|my) [a-z-]+(?: [a-z-]+)?$", re.IGNORECASE)
"""Where whoever speaks is: nothing to build."""


def has_substance(piece: str) -> bool:
    """Tell whether words may say something to build: no thanks, no answer without its question, no greeting."""
    if is_thanks(piece) or pleasantry(piece) or HOME.match(piece) or is_you_decide(piece) or only_points(piece):
        return False
    return (
        bool(set(words_of(piece)) - TALK - DETERMINERS - SENTENCE_WORDS - JOINTS)
        or len(words_of(piece)) > 2 * FEW_WORDS
    )


def speaks_of_gone(draft: Draft, piece: str) -> bool:
    """Tell whether words speak of things that people took back, and of none that is there."""
    words = {singular(word) for word in words_of(piece)}
    there = {singular(entity.noun.rpartition(" ")[2]) for entity in draft.entities.values()}
    return any(set(noun.split()) <= words for noun in draft.gone) and not words & there


def whole_sentences(pieces: Sequence[str], texts: Iterable[str], others: Sequence[str] = ()) -> list[str]:
    """Return pieces in whole sentences where most of one stayed unread, or where one says nothing alone.

    ``others`` are pieces that stayed unread too and have their line elsewhere.
    """
    if not pieces:
        return []
    texts = tuple(texts)
    sentences = [" ".join(sentence.split()).strip(" ,;:") for text in texts for sentence in sentences_of(text)]
    homes = {piece: home_of(piece, sentences) for piece in pieces}
    left = homes | {piece: home_of(piece, sentences) for piece in others}
    whole = [homes[piece] if hangs_loose(piece) or is_mostly_left(left, piece) else piece for piece in pieces]
    quotes = [as_written(one or piece, texts) for one, piece in zip(whole, pieces, strict=True)]
    once = list(dict.fromkeys(quotes))
    return [one for one in once if not any(one != other and one.casefold() in other.casefold() for other in once)]


def as_written(quote: str, texts: Sequence[str]) -> str:
    """Return a quote in the words that somebody wrote; a sentence too long to be quoted leaves it as it is."""
    wrote = own_words(quote, texts)
    return wrote if len(wrote) <= LONGEST else quote


def is_mostly_left(homes: dict[str, str], piece: str) -> bool:
    """Tell whether several pieces of one sentence make up most of it: then nothing of it was understood."""
    home = homes[piece]
    pieces = [other for other, sentence in homes.items() if sentence == home]
    return len(pieces) > 1 and sum(map(len, pieces)) >= MOST_LEFT * len(home)


def hangs_loose(piece: str) -> bool:
    """Tell whether a piece says nothing without its sentence: "for one", "of them"."""
    words = words_of(piece)
    is_condition = CONDITION.match(piece) is not None and len(words) <= MOST_OF_CONDITION
    return is_condition or (len(words) < FEW_WORDS and bool(words) and words[0] in JOINTS)


def home_of(piece: str, sentences: Sequence[str]) -> str:
    """Return the sentence that holds a piece, where it is short enough to be quoted; else nothing."""
    wanted = piece.casefold()
    return next((one for one in sentences if wanted in one.casefold() and len(one) <= LONGEST), "")


def said_again(pieces: Sequence[str], text: str) -> list[str]:
    """Return the pieces that a text says in other words: it holds most of what they speak of."""
    said = content_of(text)
    found = []
    for piece in pieces:
        content = content_of(piece)
        if content and len(content & said) >= MOST_AGAIN * len(content):
            found.append(piece)
    return found


def content_of(text: str) -> set[str]:
    """Return the words of a text that tell what it speaks of."""
    return {singular(word) for word in words_of(text)} - DETERMINERS - SENTENCE_WORDS - TALK - JOINTS


def things_told(text: str) -> list[str]:
    """Return the words of a text that may name things: no verbs, unless an article or the like stands before them."""
    words = words_of(text)
    nothing = DETERMINERS | SENTENCE_WORDS | TALK | JOINTS | ANYBODY
    return [
        word
        for before, word in zip(["", *words], words, strict=False)
        if word not in nothing and (before in BEFORE_NOUNS or not may_be_verb(word))
    ]


def may_be_verb(word: str) -> bool:
    """Tell whether a word can be a verb."""
    return is_deed(word) or is_verb_form(word) or bool({word, base_verb(word)} & VERBS_ONLY)


def quoted(pieces: Sequence[str]) -> str:
    """Return pieces in quotes, the first five of them, and how many more there are."""
    more = len(pieces) - MOST_QUOTED
    return ", ".join(f"“{piece}”" for piece in pieces[:MOST_QUOTED]) + (f" and {more} more" if more > 0 else "")
