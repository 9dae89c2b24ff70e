"""Names the things that people speak of where nothing else told of any: "we fix phones", "farmers bring milk".

A reader sees things there; what is kept about each is asked, and the sentences stay quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, Said
from bot.planning.built_in.words.field_kinds import is_measure
from bot.planning.built_in.words.sentence_marks import NO_REFUSALS, NOT_THINGS, QUESTIONS, REFUSALS
from bot.planning.built_in.words.spoken_nouns import nouns_of
from bot.planning.built_in.words.vocabulary import (
    FEATURES,
    PLACES,
    SENTENCE_WORDS,
    SYSTEM_NOUNS,
    UNCOUNTED,
    entity_name,
    has_plural,
    spoken,
    straight,
    word_set,
    words_of,
)

__all__ = ["name_things"]

MOST = 4
"""Things that are named so; more were a list, which is read elsewhere."""
LONGEST = 300
FEWEST_WORDS = 3
DO = (
    r"(?:fix|repair|mend|treat|collect|answer|sort|clean|wash|test|check|inspect|measure|count|ship|send|pick up|drive|"
    r"transport|move|deliver|print|translate|edit|build|make|produce|roast|cook|bake|brew|grow|sell|buy|lend|rent|hire|"
    r"train|coach|look after|care for|visit|photograph|paint|restore|recycle|store|keep|process|handle|record|track|"
    r"distribute|give out|hand out|organi[sz]e|run|plan|host|serve|judge|review)"
)
WE_DO = regex(
    rf"^(?:we|i)\s+(?:(?:also|mostly|only|just)\s+)*{DO}\s+(?:(?:our|the|all|some|many|several|old|used|broken|out)\s+)*"
    rf"(?P<things>[a-z][a-z-]*s\b|(?:[a-z][a-z-]* )?(?:{'|'.join(sorted(UNCOUNTED))})(?=\s*(?:[,.;]|$)|"
    r"\s+(?:to|for|from|in|at|on|by|and|with)\b))",
    re.IGNORECASE,
)
THEY_DO = regex(
    r"^(?:(?:the|our|my|all|some|many|several|(?:our|the|my)\s+[a-z]+'s)\s+)*(?P<things>[a-z][a-z-]*s)\s+"
    r"(?:(?:in|at|of|on|from)\s+(?:our|the|my)\s+[a-z]+\s+)?"
    r"(?:bring|take|get|give|come|can|may|must|are|were|go|work|meet|need|share|leave|pick|send|want|like|live|stay|write|"
    r"play|sing|help|join|visit|ask|call|ride|drive|walk|run|vote|pay|swap|donate|teach|learn|report|use)\b",
    re.IGNORECASE,
)
ANYBODY = regex(r"\b(?:whoever|anyone|anybody|someone|somebody|nobody|no one|everyone|everybody)\b", re.IGNORECASE)
BEFORE_WHAT = regex(
    r"\b[a-z]+s\s+(?=(?:after\s+|for\s+|down\s+|in\s+)?(?:an?|the|its|their|his|her|our)\b)", re.IGNORECASE
)
"""A verb before what it is done to, where one person is meant: "whoever takes a van" has no takes."""
NO_NOUNS = word_set(
    "thanks greetings cheers regards ideas questions suggestions news details docs apologies lots days times ways "
    "things words years weeks months hours minutes reasons problems needs wishes plans projects users others costs "
    "results rules numbers names dates prices yes always sometimes perhaps besides this his its us is was does has"
)
"""Words with a plural's ending that nobody keeps a list of, or that are no nouns."""


def name_things(draft: Draft, author: str) -> None:
    """Name the things that unread sentences speak of, where a draft has none; those of other languages stay."""
    if draft.entities or draft.language or draft.gone:
        return
    pieces = [piece for piece in draft.unread if tells(piece)]
    named = [(thing_in(piece), piece) for piece in pieces]
    if not any(name for name, _ in named):
        named = things_spoken_of(pieces)
    for name, piece in named:
        if not name or name in draft.entities or len(draft.entities) >= MOST:
            continue
        entity = draft.entity(name, Said(author, piece))
        draft.assume(f"“{piece}” is taken to speak of things to keep: {entity.noun}")


def tells(sentence: str) -> bool:
    """Tell whether a sentence tells of something: it is neither a question nor a refusal, nor too short or long."""
    text = straight(sentence, " .!")
    if len(text) > LONGEST or len(words_of(text)) < FEWEST_WORDS or QUESTIONS.match(sentence):
        return False
    return not REFUSALS.search(NO_REFUSALS.sub(" ", text))


def thing_in(sentence: str) -> str:
    """Return the thing that a sentence is about, or nothing where it names none."""
    text = straight(sentence, " .!")
    found = WE_DO.match(text) or THEY_DO.match(text)
    noun = found["things"].lower() if found else ""
    is_kept = has_plural(noun) or noun.rpartition(" ")[2] in UNCOUNTED
    return thing_called(noun) if noun and is_kept else ""


def things_spoken_of(sentences: Sequence[str]) -> list[tuple[str, str]]:
    """Return who does something and to what, each with its sentence; nothing where a single thing is spoken of."""
    named: dict[str, str] = {}
    for sentence in sentences:
        told = BEFORE_WHAT.sub("", sentence) if ANYBODY.search(sentence) else sentence
        for noun in nouns_of(told):
            if name := thing_called(noun):
                named.setdefault(name, sentence)
    return list(named.items()) if len(named) > 1 else []


def thing_called(noun: str) -> str:
    """Return the name of the thing that a noun means, or nothing where nobody keeps a list of it."""
    name = entity_name(noun)
    if not name or noun in NO_NOUNS | FEATURES | SENTENCE_WORDS or is_measure(spoken(name)):
        return ""
    if has_plural(noun) and spoken(name) in PLACES:
        return name
    return "" if spoken(name) in NOT_THINGS | PLACES | SYSTEM_NOUNS else name
