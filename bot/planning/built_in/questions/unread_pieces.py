"""Asks once for other words for what could not be read: what a proposal reads after all is not asked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from bot.documents.clipping import clip_words
from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.phrases.count_phrases import read_count
from bot.planning.built_in.phrases.leaving_out import LeavingOut, read_leaving_out
from bot.planning.built_in.phrases.open_rules import is_rule_like
from bot.planning.built_in.questions.answers import OpenPoint, chosen, reader_of
from bot.planning.built_in.questions.leaving_out import meant, take_out
from bot.planning.built_in.questions.left_words import (
    denies_title,
    has_substance,
    said_again,
    still_left,
    whole_sentences,
)
from bot.planning.built_in.questions.own_examples import own_examples
from bot.planning.built_in.questions.rewordings import gist_of, says_conditions
from bot.planning.built_in.questions.said_parts import drop_said_again
from bot.planning.built_in.rules.open_tasks import is_open_task, understood
from bot.planning.built_in.rules.rule_subjects import stems
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import DETERMINERS, is_you_decide, singular, spoken, word_set, words_of
from bot.planning.conversation import Conversation, Question

__all__ = ["UNREAD", "not_read", "of_what_stays", "says_again"]

WHICH_ONE = regex(r"^(?P<said>.+) \(which one: (?P<places>[\w.]+(?: or [\w.]+)+)\?\)$")
"""A sentence about one of several fields that are called alike."""
UNREAD = "unread"
"""The id of the question about what could not be read."""
LEAVE_OPEN = "Leave it open, noted in the review"
LEAVE_OUT = "Leave it out"
LEAST_SHARED = 2
"""Words that an answer shares with the rule that it says again."""
MOST_SHARED = 0.6
"""How much of what a piece speaks of an answer must say for it to be the same in other words."""
TELLS = word_set("tell say state leave note give let know whether who which what us we they have has")
UNITS = {"kilo": "kg", "kilogram": "kg", "metre": "m", "meter": "m", "centimetre": "cm", "hr": "hour", "min": "minute"}
MOST_LISTED = 10
LONGEST_LISTED = 200


def take_choice(draft: Draft, text: str, author: str) -> bool:
    """Take "the books" as the answer to "Title must be unique (which one: …?)"; tell whether it was one."""
    said = {singular(word) for word in words_of(text)}
    for piece in draft.unread:
        match = WHICH_ONE.match(piece)
        places = match["places"].split(" or ") if match else []
        meant = [place for place in places if said & {spoken(place.partition(".")[0]).split()[-1]}]
        meant = places if not meant and said & {"all", "both", "each", "every"} else meant
        if match is None or not meant:
            continue
        draft.unread.remove(piece)
        for place in meant:
            entity, _, field = place.partition(".")
            reader_of(draft, author).read_of_field(entity, field, match["said"])
        draft.decide(f"“{match['said']}”: {joined(meant)} ({author})")
        return True
    return False


def unread_pieces(draft: Draft) -> list[str]:
    """Return what could not be read and is worth a question."""
    said = [piece for piece in draft.unread if has_substance(piece) and piece not in {*draft.left_out, *draft.asked}]
    return [piece for piece in said if not denies_title(draft, piece) and not understood(draft, piece)]


def question_about(draft: Draft, pieces: Sequence[str]) -> Question:
    """Return the question about pieces that could not be read."""
    has_rules = any(is_open_task(draft, piece) for piece in pieces)
    whole = whole_sentences(pieces, draft.said)
    such = f"For example: {own_examples(draft, whole)}"
    text = f"I could not read “{whole[0]}”. Can you say it in other words? {such}."
    if len(whole) > 1:
        text = f"Can you say these in other words? {such}. I could not read:\n{listed(whole)}"
    stays = "What is a rule stays an open task, with these words." if has_rules else "Nothing is built of it."
    why = f"Otherwise it stays open, and the review lists it. {stays}"
    return Question(
        id=UNREAD, text=text, reason=why,
        options=(LEAVE_OPEN, LEAVE_OUT), default=LEAVE_OPEN,
    )  # fmt: skip


def listed(pieces: Sequence[str]) -> str:
    """Return pieces in quotes, one a line; beyond ten, how many more there are."""
    lines = [f"• “{clip_words(piece, LONGEST_LISTED)}”" for piece in pieces[:MOST_LISTED]]
    more = len(pieces) - MOST_LISTED
    return "\n".join([*lines, f"• and {more} more"] if more > 0 else lines)


def of_what_stays(
    points: Sequence[OpenPoint], draft: Draft, settled: Draft, conversation: Conversation
) -> list[OpenPoint]:
    """Return open points that ask only about what will stay unread; none where a proposal reads all of it.

    ``settled`` is the draft of the same conversation as a proposal has it, with a default for all that is open.
    """
    left = " ".join([*still_left(settled, conversation, settled.unread), *settled.not_built]).casefold()
    pieces = [piece for piece in unread_pieces(draft) if piece in settled.unread and piece.casefold() in left]
    asked = [one for one in points if one.question.id != UNREAD or pieces]
    return [replace(one, question=question_about(draft, pieces)) if one.question.id == UNREAD else one for one in asked]


def not_read(draft: Draft) -> Iterator[OpenPoint]:
    """Ask once for other words for what could not be read; rules that were understood stay open tasks, as told."""
    pieces = unread_pieces(draft)
    if draft.is_unread_asked or not pieces:
        return
    rules = [piece for piece in pieces if is_open_task(draft, piece)]
    question = question_about(draft, pieces)

    def settle(text: str, author: str) -> None:
        draft.is_unread_asked = True
        option = chosen(text, question.options)
        if is_you_decide(text) or option == LEAVE_OPEN:
            return
        wanted = LeavingOut() if option == LEAVE_OUT else read_leaving_out(text)
        if wanted:
            take_out(draft, LeavingOut(is_all=True) if wanted == LeavingOut() else wanted, author)
            return
        text = take_asides(draft, text, author)
        before, ways = list(draft.unread), len(draft.steps)
        if take_choice(draft, text, author):
            return
        reader_of(draft, author).read(text, author)
        if draft.unread == before:
            if len(draft.steps) > ways or is_rule_like(text):
                forget_said_again(draft, rules, text)
            alike = [piece for piece in before if piece not in rules]
            again = alike if len(before) == 1 else said_again(alike, text)
            draft.unread[:] = [piece for piece in draft.unread if piece not in again]
        else:
            take_other_words(draft, before, text, author)

    yield OpenPoint("what else it does", question, settle)


def take_asides(draft: Draft, text: str, author: str) -> str:
    """Take out what sentences of an answer call no part of the plan, as it was shown; return the other sentences."""
    wanted = {sentence: read_leaving_out(sentence) for sentence in sentences_of(text)}
    shown = whole_sentences(unread_pieces(draft), draft.said)
    for leaving in [one for one in wanted.values() if one]:
        for piece in meant(leaving, shown):
            take_out(draft, LeavingOut(quoted=piece), author)
    return text if not any(wanted.values()) else ". ".join(one for one, leaves in wanted.items() if not leaves)


def take_other_words(draft: Draft, before: Sequence[str], text: str, author: str) -> None:
    """Drop what sentences of an answer say again, where they were read or stay open tasks in their own words."""
    left = [piece for piece in draft.unread if piece not in before]
    asked = [piece for piece in before if read_count(piece) is None]
    is_one = len(asked) == 1 and all(is_open_task(draft, piece) for piece in left)
    if is_one and (dropped := drop_said_again(draft.unread, asked[0], partial(speaks_of, text))):
        draft.decide(f"“{' '.join(text.split())}” takes the place of “{dropped}” ({author})")
        return
    for sentence in sentences_of(text):
        of_it = [piece for piece in left if piece.casefold() in sentence.casefold()]
        if not all(is_open_task(draft, piece) for piece in of_it):
            continue
        for piece in [one for one in before if one in draft.unread]:
            if dropped := drop_said_again(draft.unread, piece, partial(says_again, sentence)):
                draft.decide(f"“{sentence}” takes the place of “{dropped}” ({author})")


def speaks_of(text: str, piece: str) -> bool:
    """Tell whether an answer to one piece alone is about it: it names what that does, and its numbers; or both rule."""
    wanted, said = plain_gist(piece), plain_gist(text)
    numbers = {word for word in wanted if word.isdigit()}
    if not (numbers <= said and says_conditions(text, piece)) or is_rule_like(piece) != is_rule_like(text):
        return False
    return len(wanted & said) >= min(LEAST_SHARED, len(wanted))


def says_again(sentence: str, piece: str) -> bool:
    """Tell whether a sentence of an answer holds most of what a piece speaks of, and its numbers; a rule, of a rule."""
    wanted, said = plain_gist(piece), plain_gist(sentence)
    numbers = {word for word in wanted if word.isdigit()}
    if numbers != {word for word in said if word.isdigit()} or (is_rule_like(piece) and not is_rule_like(sentence)):
        return False
    return bool(wanted) and says_conditions(sentence, piece) and len(wanted & said) >= MOST_SHARED * len(wanted)


def plain_gist(text: str) -> set[str]:
    """Return the stems of what a text speaks of, without the words that only say that something is told."""
    return stems(UNITS.get(word, word) for word in gist_of(text) - TELLS)


def forget_said_again(draft: Draft, rules: Sequence[str], text: str) -> None:
    """Forget the rules that people said in other words, all of which were read: they are in the plan now."""
    words = {singular(word) for word in words_of(text)}
    for piece in rules:
        shared = words & {singular(word) for word in words_of(piece)} - DETERMINERS
        if len(rules) == 1 or len(shared) >= LEAST_SHARED:
            draft.unread.remove(piece)
