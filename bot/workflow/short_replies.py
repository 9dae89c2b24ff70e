"""Short replies without a number in front: "2 and 3 yes, 1 no", "yes", "all of them", and words that answer nothing.

What is clear is bound to the open questions; for the rest, people are asked which question they mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.patterns import regex
from bot.planning.built_in.phrases.denials import denies
from bot.planning.built_in.phrases.plain_facts import read_plain_answer
from bot.planning.built_in.questions.choices_in_own_words import is_choice_of
from bot.planning.built_in.questions.denied_things import NO_SUCH_THING, is_denied
from bot.planning.built_in.words.vocabulary import has_plural, is_you_decide, singular, straight, word_set, words_of
from bot.planning.conversation import Question

__all__ = ["is_only_an_answer", "names_thing_of", "not_taken", "plain_replies", "which_question"]

LONGEST = 200
ORDINALS = {"first": 1, "second": 2, "third": 3, "1st": 1, "2nd": 2, "3rd": 3}
NUMBER = r"(?:\d{1,2}|first|second|third|1st|2nd|3rd)"
LEAD = r"(?:(?:the|question|questions|number|numbers|no\.?|nr\.?|#|for|to|on|and|but)\s*)*"
GROUP = rf"{LEAD}{NUMBER}(?:\s*(?:,\s*and|,|and|&|\+)\s*{LEAD}{NUMBER})*(?:\s+(?:one|ones|question|questions))?"
ANSWER = (
    r"(?:yes please|yes|yeah|yep|sure|ok|no thanks|nope|no|none|you decide|decide for me|default|not sure|don't know)"
)
FORWARD = regex(
    rf"(?P<group>{GROUP})\s*(?:is|are|:|=|-|–|—|with|gets?|,)?\s*(?P<answer>{ANSWER})(?![\w'])", re.IGNORECASE
)
BACKWARD = regex(rf"(?P<answer>{ANSWER})\s*,?\s*(?:to|for|on|in|at)\s+(?P<group>{GROUP})(?!\w)", re.IGNORECASE)
BETWEEN = regex(r"[\s,;.!&]*(?:\b(?:and|but|then)\b[\s,]*)*", re.IGNORECASE)
TO_ALL = regex(
    rf"^(?:(?P<answer>{ANSWER})\s*,?\s*(?:to|for|on)?\s*(?:all|both|everything|each|every one)"
    r"(?:\s+(?:of\s+)?(?:them|three|two|questions))*|"
    rf"(?:all|both|everything|each)(?:\s+(?:of\s+)?(?:them|three|two))*\s*[:,=-]?\s*(?P<behind>{ANSWER}))[\s.!]*$",
    re.IGNORECASE,
)
YES = word_set("yes yeah yep sure ok okay correct right both all")
NO = word_set("no nope none neither")
SMALL = word_set(
    "the a an of them that this one ones it is to for and or but please thanks thank you i think do rather"
)
ANSWERS = (
    YES | NO
    | word_set("first second third last other either maybe perhaps always never sometimes every only former latter")
    | word_set("option 1st 2nd 3rd same true false fine good later now nothing anything whichever")
)  # fmt: skip
"""Words that answer a question, and say nothing without one."""
KEYS = regex(
    r"^[\W\d]*(?:(?:asdf|qwer[tzy]*|yxcv|zxcv|h?jkl|sdfg|dfgh|wasd|lorem|ipsum|blah?|foo|bar|baz|lol)\W*)+$",
    re.IGNORECASE,
)
"""What people type to see what happens."""
FEW = 3


def plain_replies(questions: Sequence[Question], positions: Sequence[int], text: str) -> list[tuple[str, str]]:
    """Return the open questions that a short reply answers clearly, each with its answer; none where it isn't clear."""
    said = straight(text)
    if len(said) > LONGEST or not questions:
        return []
    if denied := [question for question in questions if denies_thing_of(question, said)]:
        are_clear = len(denied) == 1 or all(names_thing_of(question, said) for question in denied)
        return [(question.id, said) for question in denied] if are_clear else []
    if in_words := [question for question in questions if is_choice_of(question, said)]:
        return [(in_words[0].id, said)] if len(in_words) == 1 else []
    if grouped := by_numbers(positions, said):
        by_position = dict(zip(positions, questions, strict=True))
        return [(by_position[number].id, answer) for number, answer in grouped.items()]
    yes_or_no = [question for question in questions if is_yes_or_no(question)]
    to_all = TO_ALL.match(said)
    if to_all:
        answer = decided(to_all["answer"] or to_all["behind"])
        return [(question.id, answer) for question in (yes_or_no if answer else questions)]
    words = words_of(said)
    is_answer = bool(words) and set(words) <= YES | NO | SMALL and bool(set(words) & (YES | NO))
    return [(yes_or_no[0].id, said)] if is_answer and len(yes_or_no) == 1 and len(questions) > 1 else []


def denies_thing_of(question: Question, said: str) -> bool:
    """Tell whether a reply says that the thing a question is about isn't there, or is a field of another."""
    if NO_SUCH_THING not in question.options:
        return False
    fact = read_plain_answer(said)
    is_field = fact is not None and fact.is_firm and not fact.what
    noun = question.id.split(":")[1] if ":" in question.id else ""
    return is_field or is_denied(said, noun)


def names_thing_of(question: Question, said: str) -> bool:
    """Tell whether a reply names the thing that a question is about."""
    about = words_of(question.id.split(":")[1]) if ":" in question.id else []
    return bool(set(map(singular, words_of(said))) & set(about[-1:]))


def by_numbers(positions: Sequence[int], said: str) -> dict[int, str]:
    """Return the answer to each number of "2 and 3 yes, 1 no"; nothing where words say more, or to other numbers."""
    found: dict[int, str] = {}
    place = 0
    text = said.strip(" .!")
    while place < len(text):
        match = FORWARD.match(text, place) or BACKWARD.match(text, place)
        if match is None:
            return {}
        for number in re.findall(NUMBER, match["group"], re.IGNORECASE):
            position = ORDINALS.get(number.lower()) or int(number)
            if position not in positions or position in found:
                return {}
            found[position] = decided(match["answer"])
        between = BETWEEN.match(text, match.end())
        place = between.end() if between else match.end()
    return found


def decided(answer: str) -> str:
    """Return an answer as said; nothing where it leaves the decision to the planner."""
    return "" if is_you_decide(answer) else answer


def is_yes_or_no(question: Question) -> bool:
    """Tell whether a question is answered by yes or no."""
    return any(words_of(option)[:1] in (["yes"], ["no"]) for option in question.options)


def is_only_an_answer(text: str) -> bool:
    """Tell whether a reply is nothing but an answer, or one bare word: without its question it says nothing."""
    words = words_of(text)
    if not words or len(text) > LONGEST:
        return False
    if (set(words) - SMALL and set(words) <= ANSWERS | SMALL) or denies(text):
        return True
    return bool(KEYS.match(text.strip())) or (len(words) == 1 and not has_plural(words[0]))


def not_taken(question: Question, text: str) -> str:
    """Return what to tell somebody whose words can't be an answer to a question; nothing where they may be one."""
    words = words_of(text)
    if not words or len(words) > FEW or is_you_decide(text) or text.strip() in question.options:
        return ""
    is_open = not is_yes_or_no(question) or question.sides
    if KEYS.match(text.strip()):
        return again(question, text)
    if is_open or len(words) > 1 or has_plural(words[0]) or words[0] in ANSWERS or not words[0].isalpha():
        return ""
    spoken_of = {
        singular(word) for piece in (question.text, question.reason, *question.options) for word in words_of(piece)
    }
    if singular(words[0]) in spoken_of or read_plain_answer(text):
        return ""
    begins = any(word.startswith(words[0]) for word in spoken_of)
    return "" if begins else again(question, text)


def again(question: Question, text: str) -> str:
    """Return a question asked once more, with how an answer may sound."""
    example = question.default or next(iter(question.options), "")
    such = f"Say “{example}”, or “you decide”." if example else "Say it in a few words, or “you decide”."
    return f"I could not take “{text.strip()}” as an answer to “{question.text}” {such} Nothing was changed."


def which_question(questions: Sequence[Question], positions: Sequence[int], text: str) -> str:
    """Return the question which of the open ones a reply is meant for."""
    said = " ".join(text.split())[:60]
    named = " · ".join(f"{number}. {question.text}" for number, question in zip(positions, questions, strict=True))
    return f"Which question do you mean? Put its number in front, such as `{positions[0]}. {said}`. Open: {named}"
