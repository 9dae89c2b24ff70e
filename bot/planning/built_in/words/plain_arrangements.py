"""Says plainly how many take part in what, what a place is booked for, and what kinds of things a trade works on.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.rewriting import (
    END,
    MANY,
    NUMBER,
    SENTENCE,
    TERM,
    WORD,
    Ways,
    put_apart,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, a, singular, word_set

__all__ = ["in_plain_arrangements"]

GAMES = word_set("match game fixture derby duel bout final semifinal")
SIDES = word_set("team side club")
"""Who meets at home and away."""
TAKING_PART = r"(?:played|sung|danced|performed|rowed|sailed|judged|refereed|umpired|staffed|manned|run|crewed|hosted)"
BOOKINGS = ("booking", "reservation", "rental", "hire")
PURPOSES = word_set(
    "party meeting event class course lesson concert wedding birthday rehearsal workshop training celebration funeral "
    "ceremony conference seminar reception exhibition talk lecture performance match game practice dance dinner lunch "
    "anniversary christening wake gathering assembly fair market"
)
"""What a place is booked for."""
DONE = (
    r"(?:alter|repair|mend|fix|tune|restore|clean|groom|sharpen|wash|paint|tailor|service|polish|frame|bind|upholster|"
    r"iron|dye|resole|overhaul|refurbish)"
)
GOODS = r"(?:garment|piece|item|article|instrument|vehicle|device|machine|appliance|animal|tool|object)"
"""What a text calls the goods of a trade all together."""
SEVERAL = rf"(?P<things>{MANY}(?:, {MANY})*,? and {MANY})"
GOES_ON = rf"(?P<rest>,? (?:and|but|so) (?=(?:we|i|it|nobody|each|every|the)\b)|{END})"


def taking_part(found: re.Match[str], text: str) -> str | None:
    """Return "every match is played by two teams at a ground" as a match of two teams that has a ground."""
    what, who = found["what"].lower(), found["who"].lower()
    facts = [a(one(found["where"]))] if found["where"] else []
    if not is_person(who) or what == singular(who):
        return None
    count, verb = found["count"].lower(), found["verb"].lower()
    is_meeting = count in {"two", "2"} and what.split()[-1] in GAMES and singular(who.split()[-1]) in SIDES
    if is_meeting:
        facts = [f"a home {singular(who)}", f"an away {singular(who)}", *facts]
    elif not facts and not found["facts"] and verb in {"run", "staffed"}:
        return None
    facts += [found["facts"].strip()] if found["facts"] else []
    many = f"Every {what} is staffed by two {who}" if count in {"two", "2"} else f"Every {what} is run by several {who}"
    told = [f"There are {who}"] if is_meeting else [many]
    limit = (
        []
        if is_meeting or not re.fullmatch(NUMBER, count) or count in {"two", "2"}
        else [f"At most {count} {who} per {what}"]
    )
    has_facts = [f"Every {what} has {', '.join(facts[:-1])}{' and ' if facts[1:] else ''}{facts[-1]}"] if facts else []
    return put_apart(found, text, *has_facts, *told, *limit)


def listed(said: str) -> list[str]:
    """Return the nouns of a list, each in the singular."""
    return [one(noun) for noun in re.split(r",?\s+(?:and|or)\s+|,\s+", said.lower()) if noun.strip()]


def booked_for(found: re.Match[str], text: str) -> str | None:
    """Return "people book the hall for parties and meetings" as bookings of the hall that have a purpose."""
    purposes = listed(found["things"])
    around = f"{text[: found.start()]} {text[found.end() :]}".lower()
    is_told = any(re.search(rf"\b(?:an?|each|every|per) {re.escape(noun)}\b", around) for noun in purposes)
    if is_told or not all(noun.split()[-1] in PURPOSES for noun in purposes):
        return None
    told = [noun for noun in BOOKINGS if re.search(rf"\b{noun}s?\b", around)]
    record = told[0] if told else EVENT_NOUNS[found["verb"].lower()]
    return put_apart(
        found, text, capital(found["said"]), f"{a(record).capitalize()} has a purpose ({either(purposes)})"
    )


def either(nouns: list[str]) -> str:
    """Return nouns as values to choose from."""
    return f"{', '.join(nouns[:-1])} or {nouns[-1]}"


def kinds_of_goods(found: re.Match[str], text: str) -> str | None:
    """Return "we alter wedding dresses and suits" as the kinds of garment, where a text tells of each garment."""
    kinds = listed(found["things"])
    around = f"{text[: found.start()]} {text[found.end() :]}".lower()
    goods = re.search(rf"\b(?:each|every|per|an?) (?P<noun>{GOODS})\b", around)
    is_told = any(re.search(rf"\b{re.escape(noun.split()[-1])}(?:e?s)?\b", around) for noun in kinds)
    if (
        goods is None
        or is_told
        or goods["noun"] in kinds
        or re.search(rf"\b{goods['noun']}s? ha(?:s|ve) a kind\b", around)
    ):
        return None
    told = f"{a(goods['noun']).capitalize()} has a kind ({either(kinds)})"
    rest = text[found.end() :]
    rest = f". {capital(rest)}" if found["rest"].strip() else rest
    return put_apart(found, f"{text[: found.end()]}{rest}", told)


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}(?:each|every|an?) (?P<what>{TERM}) (?:is|gets|must be|will be) (?P<verb>{TAKING_PART}) "
                rf"by (?P<count>(?!one\b){NUMBER}|several|many|a few) (?P<who>(?:{WORD} )?{WORD}s)"
                rf"(?:,? (?:at|in|on) (?:an?|one) (?P<where>{TERM}))?"
                rf"(?:,? with (?P<facts>(?:an?|its|the) [^.;:!?\n]+?))?{END}"
            ),
            taking_part,
        ),
        (
            (
                rf"{SENTENCE}(?P<said>(?:(?:our|the) )?(?:people|everybody|everyone|anybody|anyone|{WORD}s)"
                rf"(?: (?:in|from|of|around) (?:our|the|this) {WORD})? (?:can |may |often |usually |sometimes )*"
                rf"(?P<verb>book|rent|hire|reserve) (?:(?:the|our|an?|one of our) {TERM}|{WORD}s)) "
                rf"for {SEVERAL.replace('and ', '(?:and|or) ')}{END}"
            ),
            booked_for,
        ),
        (rf"{SENTENCE}(?:we|i) (?:mostly |mainly |also )?{DONE} {SEVERAL}{GOES_ON}", kinds_of_goods),
    )
)
"""Ways of telling who takes part, what is booked and what is worked on, and what says each plainly."""


def in_plain_arrangements(text: str) -> str:
    """Return a text with who takes part, what is booked and what is worked on said in sentences of one fact each."""
    return rewritten(text, WAYS)
