"""Reads the steps of a status that people tell as a story: "a report is new, then assigned to a crew by the office,
then fixed", "an order starts as a draft and ends up paid", "once a permit is granted it is printed".

Each station is told by a verb and a state; who does it, and to whom, is no part of the state and is noted beside it.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.phrases.steps import StepClause, states_of, steps_subject
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.vocabulary import (
    DETERMINERS,
    is_verb_form,
    straight,
    word_set,
    words_of,
)

__all__ = ["read_tale", "spelled_out"]

LONGEST = 400
ARTICLE = r"(?:(?:an?|the|each|every|any|one|our|all)\s+)"
STOP = (
    r"(?!(?:is|are|was|were|be|been|gets?|has|have|can|may|must|will|should|then|first|later|once|when|if|it|they|we|who|"
    r"that|which|and|or|with|for|to|from|by|of|in|on|at|only|not|no|nobody)\b)"
)
NOUN = rf"{STOP}[a-z][\w-]*(?:\s+{STOP}[a-z][\w-]*){{0,2}}?"
BE = r"(?:is|are|was|were|be|been|being|gets?|become(?:s)?|has been|have been)"
ADVERB = r"(?:(?:usually|always|normally|often|only|still|also|just|now|immediately|automatically|simply)\s+)*"
FIRSTLY = r"(?:at first|first of all|first|initially|to begin with|in the beginning)"
LATER = (
    r"(?:then|after that|afterwards|after this|later on|later|next|finally|lastly|eventually|at last|in the end|"
    r"at the end|from there|from then on|at some point|one day|as a last step)"
)
BEGINS = (
    r"(?:starts?|begins?|comes? in|arrives?)(?:\s+(?:out|off|its life|their life|life))?"
    r"(?:\s+(?:(?:by\s+)?being|as)(?:\s+an?)?|(?=\s+(?:in|on|at)\s)|(?<=out)(?=\s+[a-z]))"
)
ENDS = r"(?:ends?(?:\s+up)?(?:\s+(?:as|by|being)(?:\s+an?)?)?|finish(?:es)?(?:\s+up)?\s+as(?:\s+an?)?)"
OPENING = regex(
    rf"^(?P<lead>{FIRSTLY},?\s+)?(?:{ARTICLE}?(?P<subject>{NOUN})|it|they)\s+{ADVERB}(?:(?:can|will|may)\s+)?"
    rf"(?:(?P<begins>{BEGINS})|(?P<is>{BE})|{FIRSTLY}(?=\s)|(?=(?:comes? in|arrives?)\s*,))\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
GOING_ON = regex(rf"^(?:and\s+)?(?:{LATER})\s+(?P<rest>.+)$", re.IGNORECASE)
ORDER = regex(rf"\b(?:{LATER}|{FIRSTLY}|{ENDS}\s+[a-z])(?=\W|$|[a-z])", re.IGNORECASE)
BETWEEN = regex(
    rf"\s*[,;]\s*(?:(?:and|but)\s+)?(?:{LATER},?\s+)?|\s+(?:and|but)\s+(?:{LATER},?\s+)?|\s+{LATER},?\s+(?=\S)",
    re.IGNORECASE,
)
UNTIL = regex(r"\s+(?:until|till|as long as|for as long as|while|unless)\s+[^,;]+(?=[,;]|$)", re.IGNORECASE)
BESIDE = regex(
    r"\s+(?:(?:because\s+of|due\s+to|owing\s+to|on\s+account\s+of)\s+[^,;]{2,60}|"
    r"(?:on\s+)?the\s+(?:day|night|evening|morning|week|month)\s+(?:before|after)|"
    r"(?:an?|one|two|three|four|\d{1,3}|a\s+few|some)\s+(?:minutes?|hours?|days?|weeks?|months?)\s+"
    r"(?:before|after|later|earlier|beforehand|in\s+advance))(?=[,;]|$)",
    re.IGNORECASE,
)
"""Why something happens, and when, told behind a state: "called off because of the weather"."""
WHEN = regex(
    r"(?:(?<=^)|(?<=[,;]\s)|(?<=and\s))(?:once|when|as soon as|after|if)\s+[^,;]{2,60}?,?\s+"
    r"(?=(?:it|they|one|that one)\s+(?:is|are|gets?|becomes?|ends?|can be|will be)\b)",
    re.IGNORECASE,
)
"""When it goes on: "when the work is done it is closed"."""
VERBS = regex(
    rf"^(?:(?:it|they|which|the\s+{NOUN})\s+)?{ADVERB}(?:(?:can|may|will|must|should)\s+)?(?:{LATER}\s+)?"
    rf"(?:{ENDS}|{BE}|(?:goes|go|moves?|comes?)\s+(?:back\s+)?(?:in)?to|turns?(?:\s+into)?|"
    r"(?:is|are|gets?)\s+(?:marked|set|put)(?:\s+(?:as|to))?|counts? as)?"
    rf"(?:\s+(?:{LATER}|{FIRSTLY}|set to|marked as|marked|put to))?(?:\s+|^)(?P<state>\S.*)$",
    re.IGNORECASE,
)
BARE_VERB = regex(rf"^\s*(?:(?:it|they)\s+)?{BE}\s*$", re.IGNORECASE)
OR = regex(r"^\s*or\s", re.IGNORECASE)
CALLED_OFF = regex(
    r"^(?P<end>.+?),? or (?:else )?(?:it|they) (?:(?:simply|just|also|sometimes) )?(?:is|are|gets?|can be|may"
    r" be|could be|"
    r"can get|may get|might be|is being) (?P<off>called off|cancell?ed|withdrawn|dropped|abandoned|aborted|scrapped|"
    r"annulled|given up)$",
    re.IGNORECASE,
)
"""What may come of it at any time before its end."""
ONES = regex(r"^(?P<state>.+?)\s+ones?$", re.IGNORECASE)
"""Those in one state: "approved ones are completed or cancelled"."""
AND_THEN = regex(r"\bthen\b", re.IGNORECASE)
WAITS_FOR = regex(r"^(waits?)\s+for\s.*$")
IT_IS = regex(r"\b(?P<it>it|they)'(?P<is>s|re)\b", re.IGNORECASE)
PARTICLE = r"(?:\s+(?:over|out|up|in|back|off|down|on|away|through))?"
DONE_BY = regex(
    rf"^(?P<state>[a-z][\w-]*{PARTICLE})\s+(?P<way>by|to|from|with|in|at|for|through|against|into|on|onto)\s+"
    rf"(?P<whom>(?:an?|the|our|one|some|two|three|its|their|another|any|somebody|someone)\b.*)$",
    re.IGNORECASE,
)
BY_WHOM = regex(r"\s+(?:by|via)\s+(?P<whom>(?!(?:the end|then|now)\b)[a-z][\w' -]*)$", re.IGNORECASE)
DOING = regex(
    rf"^(?:somebody|someone|(?:an?|the|our|one of the|one of our)\s+{NOUN})(?:\s+from\s+(?:the|our|an?)\s+{NOUN})?\s+"
    r"(?:then\s+)?(?P<verb>[a-z]+s)\s+(?:it|them)(?:\s+(?P<how>up|out|off|over|down|in|on))?$",
    re.IGNORECASE,
)
"""What somebody does with it, as a step: "the office checks it", "somebody picks them up"."""
ONCE = regex(
    rf"^(?:once|when|as soon as|after)\s+(?:{ARTICLE}(?P<subject>{NOUN})|it|they)\s+"
    r"(?:is|are|was|were|has been|have been|gets?)\s+"
    r"(?P<from>[a-z][\w-]*(?:\s+(?!it\b|they\b)[a-z][\w-]*){0,2}?),?\s+(?:(?:it|they)\s+|the\s+[a-z][\w-]*\s+)"
    r"(?:(?:then|can|will|may|also)\s+)*(?:is|are|gets?|becomes?|be)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
AND_ONCE = regex(
    r"\s*,?\s+and\s+(?:once|when|as soon as|after)\s+(?:(?:it|they)\s+(?:is|are)\s+)?(?P<from>[a-z][\w-]*),?\s+"
    r"(?:it|they)\s+"
    r"(?:(?:then|can|will|may)\s+)*(?:is|are|gets?|becomes?|be)\s+(?P<to>.+)$",
    re.IGNORECASE,
)
WAITING = {
    "waits": "waiting", "wait": "waiting", "to do": "todo", "to-do": "todo", "grows": "growing", "comes in": "arrived",
    "come in": "arrived", "arrives": "arrived", "arrive": "arrived",
}  # fmt: skip
"""What is told in other words than those of a state."""
DONE = word_set("edited changed read seen updated removed deleted")
"""States in a story, which elsewhere name an action."""
NO_STATION = word_set(
    "we i you he she who whom which that if when how why where what has have not never only than as also"
)
"""Words that show that a piece is a sentence of its own, no state."""


@lru_cache(maxsize=1_000)
def read_tale(clause: str) -> StepClause | None:
    """Return the steps that a story tells, with what was said beside them; None where it is no such story."""
    text = spelled_out(straight(clause, " .,!;"))
    if len(text) > LONGEST:
        return None
    text = BESIDE.sub("", text)
    return told_once(text) or told_in_order(text)


def spelled_out(text: str) -> str:
    """Return a text with "it is" for "it's" and "they are" for "they're"."""
    return IT_IS.sub(lambda match: f"{match['it']} {'is' if match['is'].lower() == 's' else 'are'}", text)


def told_in_order(text: str) -> StepClause | None:
    """Read "a report is new, then assigned to a crew, then fixed", "an order starts as a draft and ends up paid"."""
    if AND_THEN.search(text) and DOING.match(text):
        states, asides = station(text)
        return StepClause("", (((), states),), is_sure=False, asides=asides) if states else None
    is_later = WHEN.match(text) is not None
    text = WHEN.sub("", UNTIL.sub("", text))
    opening = OPENING.match(text)
    going_on = GOING_ON.match(text) if opening is None else None
    begins = opening is not None and opening["begins"] is not None
    if opening is None and going_on is None:
        return None
    rest = opening["rest"] if opening else going_on["rest"] if going_on else ""
    *before, last = pieces_of(rest) or [""]
    off = CALLED_OFF.match(last)
    told = [station(piece) for piece in (*before, off["end"] if off else last)]
    if not (begins or going_on or ORDER.search(text) or is_row_of_deeds(rest, told)):
        return None
    stations = [states for states, _ in told]
    if opening and opening["lead"] and opening["is"] and len(stations) == 1 and len(stations[0]) == 1:
        return StepClause(steps_subject(opening["subject"] or ""), (), stations[0][0])
    ones = ONES.match(opening["subject"] or "") if opening else None
    if not all(stations) or len(stations) + bool(going_on or ones) < len(["from", "to"]):
        return None
    asides = tuple(dict.fromkeys(aside for _, beside in told for aside in beside))
    if opening is None:
        ways = tuple(itertools.pairwise([(), *stations]))
        return StepClause("", ways, is_sure=False, asides=asides)
    if ones:
        return StepClause("", tuple(itertools.pairwise([states_of(ones["state"]), *stations])), is_sure=False)
    is_start = len(stations[0]) == 1 and not (is_later and not opening["subject"])
    start = stations[0][0] if is_start else ""
    ways = tuple(itertools.pairwise(stations if is_start else [(), *stations]))
    ways += called_off(stations, off["off"]) if off else ()
    return StepClause(steps_subject(opening["subject"] or ""), ways, start, asides=asides)


def called_off(stations: list[tuple[str, ...]], said: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the way of "planned, then under way, then over, or it gets called off": from all before the last."""
    return ((tuple(dict.fromkeys(itertools.chain(*stations[:-1]))), states_told(said)),)


def is_row_of_deeds(rest: str, told: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> bool:
    """Tell whether what is done follows one after the other: "noted, reported to the landlord, and repaired".

    At least three deeds, one of them with whom it names; who does several of them ("written by …") are links.
    """
    asides = [aside for _, beside in told for aside in beside]
    is_row = len(told) >= len(["noted", "reported", "repaired"]) and re.search(r"\band\b", rest) is not None
    are_deeds = all(len(states) == 1 and is_verb_form(states[0].split("_")[0]) for states, _ in told)
    return is_row and are_deeds and bool(asides) and not any(" by " in aside for aside in asides)


def pieces_of(rest: str) -> list[str]:
    """Return the pieces of a story, one for each station; "completed in the end or cancelled" is one."""
    pieces: list[str] = []
    for piece in BETWEEN.split(f" {rest}"):
        if OR.match(piece) and pieces:
            pieces[-1] = f"{pieces[-1]} {piece.strip()}"
        elif piece.strip() and not BARE_VERB.match(piece):
            pieces.append(piece.strip())
    return pieces


def told_once(text: str) -> StepClause | None:
    """Read "once a permit is granted it is printed, and once printed it is handed out"."""
    match = ONCE.match(text)
    if match is None:
        return None
    more = AND_ONCE.search(match["rest"])
    pairs = [(match["from"], match["rest"][: more.start()] if more else match["rest"])]
    pairs += [(more["from"], more["to"])] if more else []
    told = [(station(first)[0], *station(second)) for first, second in pairs]
    if not all(first and second for first, second, _ in told):
        return None
    asides = tuple(dict.fromkeys(aside for _, _, beside in told for aside in beside))
    are_deeds = all(is_verb_form(word) for pair in pairs for word in words_of(pair[0])[:1])
    is_sure = bool(match["subject"]) or (are_deeds and not text.lower().startswith("when"))
    ways = tuple((one, two) for one, two, _ in told)
    return StepClause(steps_subject(match["subject"] or ""), ways, is_sure=is_sure, asides=asides)


def station(piece: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the states of one piece of a story, and what was said of them; no state where it can be none."""
    piece = re.sub(rf"^(?:{FIRSTLY},?)\s+(?:an?\s+)?|\s+(?:{FIRSTLY})$", "", piece, flags=re.IGNORECASE)
    found = VERBS.match(re.sub(r"^(in|on|at|under)\s+(?:the|its|their)\s+", r"\1 ", piece, flags=re.IGNORECASE))
    said = found["state"].strip() if found else ""
    said = WAITING.get(WAITS_FOR.sub(r"\1", said.lower()), said)
    if doing := DOING.match(said):
        done = " ".join(filter(None, (participle(doing["verb"].lower()), doing["how"])))
        return ((snake_case(done),), (said,)) if done.strip() else ((), ())
    states: list[str] = []
    asides: list[str] = []
    for one in re.split(
        r"\s*(?:,?\s+or\s+|/)\s*(?:(?:it|they)\s+)?(?:(?:is|are|gets?)\s+)?", re.sub(r"^either\s+", "", said)
    ):
        plain, beside = without_asides(one)
        words = words_of(plain)
        if not words or set(words) & (NO_STATION | DETERMINERS) - {"any"} or not (named := states_told(plain)):
            return (), ()
        states += named
        asides += beside
    return tuple(dict.fromkeys(states)), tuple(asides)


def without_asides(text: str) -> tuple[str, list[str]]:
    """Return "assigned" of "assigned to a crew by the office", and what was said beside it."""
    verb = words_of(text)[:1]
    if not verb or not is_verb_form(verb[0]):
        return text, []
    plain, found = text, []
    by = BY_WHOM.search(plain)
    if by:
        plain, found = plain[: by.start()], [f"{verb[0]} by {by['whom']}"]
    to = DONE_BY.match(plain)
    if to:
        plain, found = to["state"], [*found, f"{to['state']} {to['way']} {to['whom']}"]
    return plain, found


def states_told(text: str) -> tuple[str, ...]:
    """Return the states that a few words name; in a story "edited" is one, which elsewhere names an action."""
    plain = text.strip().lower()
    return (plain,) if plain in DONE else states_of(plain)
