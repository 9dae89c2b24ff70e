"""What people said again in other words, once it was understood, takes the place of what had stayed unread.

Of two that both stay open tasks, only people know whether the newer one takes the place of the older: it is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.open_rules import is_rule_like
from bot.planning.built_in.phrases.rule_loosening import read_loosening
from bot.planning.built_in.phrases.rule_topics import is_asked, is_same_kind
from bot.planning.built_in.questions.left_words import content_of
from bot.planning.built_in.questions.said_parts import conditions_of, drop_said_again
from bot.planning.built_in.rules.built_tasks import HAVING, limit_in
from bot.planning.built_in.rules.open_tasks import is_open_task
from bot.planning.built_in.rules.rule_subjects import stems
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import a, base_verb, singular, spoken, word_set, words_of
from bot.planning.conversation import Conversation, Message

__all__ = ["gist_of", "keeps_counts", "offer_rewordings", "says_conditions", "take_rewordings"]

MOST_SHARED = 0.6
"""How much of what a piece speaks of must be said again for other words to be a rewording of it."""
LEAST_SHARED = 2
"""Words that a rule and its rewording share at least."""
NUMBERS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "ten": "10"}
OF_RULES = word_set(
    "more most less least once time rule never nobody allowed possible ever same may twice add field column"
)
"""Words of rules, and of wishes for fields, that tell nothing of what they speak of."""
OF_REFUSALS = word_set(
    "not cannot can't mustn't refuse refused reject rejected forbid forbidden allow allowed permit permitted accept "
    "accepted aren't isn't whoever still anyway anybody anyone somebody someone everybody everyone"
)
"""Words of rules that say only that something is refused, and to nobody in particular."""
MOST_ALIKE = 0.75
"""How much of all the words of two rules both have, where they say the same."""
REFUSES = regex(
    r"n't\b|\b(?:not|never|no|nobody|none|nothing|cannot|refused|rejected|forbidden|turned (?:away|down))\b",
    re.IGNORECASE,
)
ONLY = regex(r"\bonly\b", re.IGNORECASE)
ORDERS = regex(r"\b(?:before|until|unless|without|less|fewer|shorter|smaller|at least)\b", re.IGNORECASE)
"""What turns a rule round: two rules say the same only where both have such words, or none."""
TURNS = regex(r"\b(?:than|before|after|by|without|unless|until|if|when|once|to|from)\b", re.IGNORECASE)
"""Words between two things that say something else the other way round."""
PASSIVE = regex(
    r"^(?P<what>.+?)\s+(?P<may>(?:may|can|must|should)(?:\s+(?:only|not|never))*|can't|cannot|mustn't)\s+be\s+"
    r"(?P<verb>[a-z]+(?:ed|en|t)(?:\s+(?:out|away|back|up|off))?)\s+(?P<by>(?:only\s+)?by)\s+(?P<who>.+)$",
    re.IGNORECASE,
)
"""What may be done by somebody: "a dog of more than 30 kg may only be booked by an experienced walker"."""
DEED = regex(r"\b(?:may|can|could|must|should|shall|will|is|are|be|ever|never|can't|cannot)\s+([a-z-]+)")
"""What is done, behind the word that allows it or not."""
TAKES_BACK = regex(
    r"^(?:(?:please|no|ok|and)\b[,\s]+)*(?:drop|remove|delete|forget|scrap|lift|skip|ignore|leave\s+out)\b",
    re.IGNORECASE,
)
NO_SUCH = regex(r"^There is no such thing as (?P<thing>.+) \([^()]*\)$")


def take_rewordings(draft: Draft, conversation: Conversation) -> None:
    """Drop what stayed unread and was said again since by the same person, and understood; say so in the decisions.

    The draft has read all of the conversation: what it didn't leave unread counts as understood.
    """
    said = said_in_order(conversation)
    left = [*draft.unread, *draft.not_built]
    for piece in left:
        place = next((n for n, one in enumerate(said) if has_piece(one.text, piece)), None)
        later = said[place + 1 :] if place is not None else []
        for message in later:
            is_own = message.author == said[place or 0].author or not is_rule_like(piece)
            if is_own and any(take_rewording(draft, message, one, piece, left) for one in sentences_of(message.text)):
                break
    draft.decisions[:] = [note for note in draft.decisions if not denies_what_is(draft, note)]


def take_rewording(draft: Draft, message: Message, sentence: str, piece: str, left: Sequence[str]) -> bool:
    """Drop what a sentence says again of a piece that stayed unread, and note it; tell whether it was some of it."""

    def says_it(part: str) -> bool:
        others = [one for one in left if one != piece or is_rule_like(part)]
        return is_taken(draft, sentence, part, others)

    for pieces in (draft.unread, draft.not_built):
        dropped = drop_said_again(pieces, piece, says_it) if piece in pieces else ""
        if dropped:
            draft.decide(f"“{sentence}” takes the place of “{dropped}” ({message.author})")
            return True
    return False


def offer_rewordings(draft: Draft, conversation: Conversation) -> None:
    """Say of two open tasks that sound alike how the newer one takes the place of the older one.

    Where the same person said the same in other words, it does so by itself, which is noted.
    """
    said = said_in_order(conversation)
    tasks = [piece for piece in draft.unread if is_open_task(draft, piece)]
    for older, newer in pairs_of(said, tasks):
        author = author_of(said, newer)
        if says_same(older, newer) and author == author_of(said, older):
            draft.unread.remove(older)
            draft.decide(f"“{newer}” takes the place of “{older}”, which says the same ({author})")
            continue
        draft.assume(
            f"“{older}” and “{newer}” sound alike, and both are kept. Should the newer one take the place of the older "
            f"one, say: drop the rule “{older}”"
        )


def author_of(said: Sequence[Message], piece: str) -> str:
    """Return who said a piece first, or nothing."""
    return next((one.author for one in said if has_piece(one.text, piece)), "")


def says_same(older: str, newer: str) -> bool:
    """Tell whether two rules say the same of the same: the same numbers, both refuse or both demand, no word more."""
    one, other = gist_of(older) - OF_REFUSALS, gist_of(newer) - OF_REFUSALS
    if numbers_in(one) != numbers_in(other) or len(one & other) < max(LEAST_SHARED, MOST_ALIKE * len(one | other)):
        return False
    has_turn = TURNS.search(older) is not None
    older, newer = actively(older), actively(newer)
    if bool(ONLY.match(older)) != bool(ONLY.match(newer)):
        return False
    if has_turn and in_order(older, one & other) != in_order(newer, one & other):
        return False
    return all(bool(words.search(older)) == bool(words.search(newer)) for words in (REFUSES, ONLY, ORDERS))


def actively(rule: str) -> str:
    """Return a rule of what may be done by somebody as one of who may do it; any other one as it is."""
    match = PASSIVE.match(rule.strip(" .!"))
    if match is None:
        return rule.strip()
    only = "only " if ONLY.search(f"{match['may']} {match['by']}") else ""
    return f"{only}{match['who']} {match['may']} {match['verb']} {match['what']}"


def in_order(text: str, gist: set[str]) -> list[str]:
    """Return words of a gist in the order in which a text has them."""
    places = {word: place for place, one in enumerate(words_of(text)) for word in gist_of(one) & gist}
    return sorted(gist & places.keys(), key=lambda word: places[word])


def numbers_in(gist: set[str]) -> set[str]:
    """Return the numbers among words."""
    return {word for word in gist if word.isdigit()}


def keeps_counts(piece: str, sentence: str) -> bool:
    """Tell whether a sentence says the numbers of a piece again, which is no rule.

    Who says what kilns have doesn't say again that there are two; a rule may get another number.
    """
    return is_rule_like(piece) or counts_in(piece) <= counts_in(sentence)


def counts_in(text: str) -> set[str]:
    """Return the numbers of a text as digits."""
    return numbers_in({NUMBERS.get(word, word) for word in words_of(text.replace("-", " "))})


def pairs_of(said: Sequence[Message], pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pieces that sound alike and were said in messages of their own, the older one first."""
    places = {piece: next((n for n, one in enumerate(said) if has_piece(one.text, piece)), -1) for piece in pieces}
    for older in pieces:
        newer = [one for one in pieces if places[one] > places[older] >= 0 and is_alike(older, one)]
        if newer:
            yield older, newer[-1]


def said_in_order(conversation: Conversation) -> list[Message]:
    """Return what was said, in the order in which it is read: messages, answers, and the changes after them."""
    answers = (one.as_message() for one in conversation.answers)
    return [*conversation.messages, *answers, *conversation.changes]


def has_piece(text: str, piece: str) -> bool:
    """Tell whether a text holds a piece, whatever its white space and letters are."""
    return " ".join(piece.casefold().split()) in " ".join(text.casefold().split())


def is_taken(draft: Draft, sentence: str, piece: str, others: Sequence[str]) -> bool:
    """Tell whether a sentence says a piece again, and all of it was understood; ``others`` stayed unread too."""
    if TAKES_BACK.match(sentence) or read_loosening(sentence) is not None:
        return False
    is_rule = is_rule_like(piece)
    not_taken = (*others, *draft.dropped)
    if any(has_piece(sentence, one) or has_piece(one, sentence) for one in not_taken) or not is_alike(piece, sentence):
        return False
    if is_rule or is_rule_like(sentence):
        return is_rule and is_rule_like(sentence) and not limits_another_deed(sentence, piece)
    if not keeps_counts(piece, sentence):
        return False
    shared = gist_of(piece) & gist_of(sentence)
    return bool(shared & names_of(draft))


def limits_another_deed(sentence: str, piece: str) -> bool:
    """Tell whether a sentence limits how many there are, and a piece does not, or limits what is done with them."""
    if limit_in(sentence) is None:
        return False
    deeds = {base_verb(word) or word for word in DEED.findall(piece.lower())}
    return limit_in(piece) is None or bool((deeds & gist_of(piece)) - gist_of(sentence) - HAVING)


def is_alike(piece: str, sentence: str) -> bool:
    """Tell whether a sentence holds most of what a piece speaks of."""
    if is_asked(piece) or is_asked(sentence):
        return False
    if is_rule_like(piece) and is_rule_like(sentence) and not is_same_kind(piece, sentence):
        return False
    wanted, said = gist_of(piece), gist_of(sentence)
    least = LEAST_SHARED if is_rule_like(piece) else 1
    if not says_conditions(sentence, piece):
        return False
    return len(wanted & said) >= max(least, MOST_SHARED * len(wanted))


def says_conditions(sentence: str, piece: str) -> bool:
    """Tell whether a sentence says something of all that a piece depends on: "unless …", "until …"."""
    said = stems(gist_of(sentence))
    wanted = [stems(gist_of(one)) - OF_REFUSALS for one in conditions_of(piece)]
    return all(not one or one & said for one in wanted)


def gist_of(text: str) -> set[str]:
    """Return the words of a text that tell what it speaks of: numbers as digits, verbs in their base form."""
    return {NUMBERS.get(word) or base_verb(word) or word for word in content_of(text.replace("-", " "))} - OF_RULES


def names_of(draft: Draft) -> set[str]:
    """Return the words of which the names of things and fields are made."""
    nouns = (entity.noun for entity in draft.entities.values())
    fields = (spoken(name) for entity in draft.entities.values() for name in entity.fields)
    return {singular(word) for name in chain(nouns, fields) for word in words_of(name)}


def denies_what_is(draft: Draft, note: str) -> bool:
    """Tell whether a note denies a thing that is there by now."""
    match = NO_SUCH.match(note)
    return match is not None and any(a(entity.noun) == match["thing"] for entity in draft.entities.values())
