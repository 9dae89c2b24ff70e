"""Says plainly how many of a kind one of another has: "lessons with up to eight pupils", "each menu has two dishes".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: that there are several is
said of the thing, and how many there may be is a rule of its own, so that neither is lost.
"""

from __future__ import annotations

import re

from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one, spoken_of
from bot.planning.built_in.words.numerals import NUMERAL, figure
from bot.planning.built_in.words.plain_counts import MOST, PLACES, UNITS
from bot.planning.built_in.words.rewriting import (
    END,
    LONGEST,
    PAUSE,
    SENTENCE,
    TERM,
    WORD,
    Ways,
    added,
    put_apart,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import (
    EVENT_FIELDS,
    EVENT_NOUNS,
    a,
    has_plural,
    is_verb_form,
    spoken,
    word_set,
)

__all__ = ["in_plain_limits"]

PEOPLE = word_set("people person guest participant adult visitor")
"""Who stands for anybody: as many as there is room for."""
PARTS = rf"(?P<many>{WORD}s|people|children|men|women|(?!people\b|children\b){WORD} (?:{WORD}s|people|children))\b"
NEXT = (
    r"(?=\s*(?:[,.;!?\n]|$)| (?:and|has|have|is|are|to|in|on|at|from|belongs?|costs?|takes?|lasts?|starts?|gets?|"
    r"needs?|comes?|goes|runs?|stands?|lies|hangs?|meets?|plays?|leaves?)\b| [a-z]+s (?:an?|the|its|our)\b)"
)
HOLDER = rf"(?:(?P<article>an?|each|every|our|the) (?P<single>(?:{WORD} )?{WORD})|(?P<several>{WORD}s))"
THAT_FITS = (
    r"(?:that|which) (?:can )?(?:sleeps?|seats?|holds?|fits?|carry|carries|takes?|(?:is|are) for|"
    r"(?:has|have) (?:room|space|places) for)"
)
"""How many have room in something."""
FOR = r"(?:(?:meant |made |held |open |given |taught |limited |restricted )?(?:for|to)|capped at)"
SHARE = rf"(?:half|a third|a quarter|two thirds|{NUMERAL} ?(?:percent|per cent|%))(?: of (?:it|the price|that|which))?"
OWN = regex(
    r"(?:\b(?:we|i)(?:'re|'m|'ve| are| am| have| run| own| manage| operate| lead| started| founded|"
    r" work (?:in|at|for))|\b(?:this|it|that|ours|mine|here)(?:'s| is)|\bin|\bat|\bfor|\bof)"
    r"(?: (?:got|just|basically|really|only))?$",
    re.IGNORECASE,
)
"""Before the one thing that whoever speaks has or is: "we are a clinic with four doctors"."""
RULED = regex(
    r"\b(?:can|can't|cannot|may|must|should|never|not|no|nobody|only|if|when|whenever|unless|until|once|about|around|"
    r"usually|often|sometimes|mostly|currently|now|some|most)\b",
    re.IGNORECASE,
)
"""Words of a sentence that is a rule, or that doesn't mean every one of a kind."""
TAKING = regex(r"\b(?:book|reserve|order|request|pay)s? $", re.IGNORECASE)
"""Before a thing that is taken for so many: the number may be one of the booking."""
ARRANGED = word_set("booking reservation rental order")
"""Records of what is taken: one of them that is told of stands for the others."""
TAKEN = r"(?:book|reserve|rent|hire|order|buy)"
TODAY = regex(r"\b(?:one (?:of|is|was|has)|today|now|currently|right now|at the moment)\b", re.IGNORECASE)
"""Words of a sentence that goes on with some of those who are counted."""
ROOM = regex(r"\b(?:places|seats|capacity|berths|size)\b", re.IGNORECASE)
"""What is said to be the room that a thing has."""
DOING = regex(
    r"(?P<article>(?:our|the|an?|each|every|my) )?(?P<who>[a-z-]+)(?: also| often| always| then)?"
    r"(?: (?P<does>[a-z-]+s|has|does)| [a-z-]+)(?: out)?",
    re.IGNORECASE,
)
"""Somebody and a verb: "our club runs", "teachers give"."""
SAYING = word_set("we they i you")
MOST_COUNTS = 4
"""So many different things of one sentence are counted."""
MOST_EXACT = 12
"""More of a kind are rarely meant exactly: "a shelf with 30 books"."""
SPEAKERS = word_set("club school company firm shop business association office library museum team family choir")


def sentence_at(text: str, at: int) -> str:
    """Return what of its sentence stands before a place."""
    return re.split(r"[.;:!?\n]", text[:at])[-1]


def holder_of(found: re.Match[str], text: str) -> str:
    """Return what has so many, in the singular; nothing where it isn't clear by which words it is called."""
    if found["single"]:
        is_ours = found["article"].lower() in {"our", "the"} and one(found["single"]).split()[-1] in SPEAKERS
        return "" if is_ours else one(found["single"])
    holder = one(found["several"])
    before = sentence_at(text, found.start("several")).strip()
    is_alone = not before or is_doing(before) or holder in spoken_of(text)
    return holder if is_alone and has_plural(found["several"].lower()) else ""


def is_doing(before: str) -> bool:
    """Tell whether words are somebody and a verb, so that what follows is what they do it with."""
    words = before.lower().split()
    found = DOING.fullmatch(before)
    if found is None or is_verb_form(words[-1]):
        return bool(words) and is_verb_form(words[-1])
    return (
        found["who"].lower() in SAYING or has_plural(found["who"].lower()) or bool(found["article"] and found["does"])
    )


def is_told(noun: str, others: str) -> bool:
    """Tell whether a text says anything else of a thing or of people."""
    return noun in spoken_of(others) or re.search(rf"\b{re.escape(noun)}(?:e?s)?\b", others, re.IGNORECASE) is not None


def are_together(holder: str, part: str, others: str) -> bool:
    """Tell whether another sentence speaks of both, so that how they are linked is read there."""
    names = [re.compile(rf"\b{re.escape(noun)}(?:e?s)?\b", re.IGNORECASE) for noun in (holder, part)]
    return any(all(name.search(said) for name in names) for said in re.split(r"[.;!?\n]", others))


def described(found: re.Match[str], text: str) -> str | None:
    """Return "lessons with up to eight pupils" as lessons that have several pupils, and a rule of how many."""
    holder, how = holder_of(found, text), how_of(found)
    if not holder or not is_count(found, holder) or RULED.search(sentence_at(text, found.start("how"))):
        return None
    if how == "for" and TAKING.search(sentence_at(text, found.start())):
        return None
    if not found["limit"] and figure(found["number"]) > MOST_EXACT:
        return None
    others = f"{text[: found.start()]}. {text[found.end() :]}"
    if is_own(found, text) and holder not in spoken_of(others):
        return None
    end = found.start("how") - 1
    rest = f"{text[:end]}{text[found.end() :]}"
    told = facts_of(holder, found, others)
    for sentence in reversed(told):
        rest = added(rest, end, sentence)
    return rest if told else None


def is_own(found: re.Match[str], text: str) -> bool:
    """Tell whether something is the one thing of whoever speaks, not one of many: "we run a hotel with ten rooms"."""
    if not found["single"] or found["article"].lower() in {"each", "every"} or found.groupdict().get("per"):
        return False
    is_one = found["article"].lower() in {"our", "the"}
    return is_one or OWN.search(sentence_at(text, found.start()).strip()) is not None


def how_of(found: re.Match[str]) -> str:
    """Return the word by which a thing is tied to what is counted; what has room for so many is for them."""
    how: str = found["how"].lower()
    return how if how in {"with", "of", "("} else "for"


def is_count(found: re.Match[str], holder: str) -> bool:
    """Tell whether several things or people are counted, and no measure nor what says how large something is."""
    part = one(found["many"])
    is_thing = has_plural(found["many"].lower()) and part.split()[-1] not in UNITS | PLACES
    return is_thing and part != holder and figure(found["number"]) > 1


def facts_of(holder: str, found: re.Match[str], others: str) -> list[str]:
    """Return what is said of a thing that has so many of its parts, which may be people who are only counted."""
    part, many, how, number = one(found["many"]), found["many"].lower(), how_of(found), figure(found["number"])
    if is_told(part, others) and (found["limit"] or how != "for"):
        linked = [] if are_together(holder, part, others) else [f"Each {holder} has several {many}"]
        return [*linked, how_many(found, holder)]
    if how == "for" and (found["limit"] or part in PEOPLE):
        is_room = is_person(part) or part in PEOPLE
        return (
            [f"{a(holder).capitalize()} has {room(number, 'at most' if found['limit'] else 'default')}"]
            if is_room and not ROOM.search(others)
            else []
        )
    return [f"{a(holder).capitalize()} has a number of {many} (at most {number})"] if found["limit"] else []


def room(number: int, limit: str) -> str:
    """Return how many have room."""
    return f"a number of places ({limit} {number})"


def is_most(found: re.Match[str]) -> bool:
    """Tell whether there may be fewer: "up to eight", "limited to twelve"."""
    is_limited = (found.groupdict().get("for") or "").lower().startswith(("limited", "restricted", "capped"))
    return bool(found["limit"]) or is_limited


def how_many(found: re.Match[str], holder: str) -> str:
    """Return how many there may or must be, as a rule."""
    count = f"{found['number']} {found['many'].lower()} per {holder}"
    return f"There may be at most {count}" if is_most(found) else f"There must be exactly {count}"


def has_so_many(found: re.Match[str], text: str) -> str | None:
    """Return "each menu has two dishes" as several dishes, and a rule of how many."""
    holder = one(found["single"])
    others = f"{text[: found.start()]}. {text[found.end() :]}"
    part = one(found["many"])
    told = is_told(part, others)
    behind = re.split(r"[.;:!?\n]", text[found.end() :])[0]
    if not holder or not is_count(found, holder) or TODAY.search(behind):
        return None
    if found["limit"] and (not told or part in EVENT_NOUNS.values() or are_together(holder, part, others)):
        return None
    rest = f"{text[: found.start('has')]}has{found['facts']} several {found['many']}{text[found.end() :]}"
    return added(rest, found.start("has"), how_many(found, holder))


def is_for(found: re.Match[str], text: str) -> str | None:
    """Return "a kayak is for two people" as how many places it has; those who are told of are several for it."""
    holder, part = one(found["single"] or found["several"]), one(found["many"])
    others = f"{text[: found.start()]}. {text[found.end() :]}"
    if is_told(part, others) and is_count(found, holder):
        linked = [] if are_together(holder, part, others) else [f"Each {holder} has several {found['many'].lower()}"]
        return put_apart(found, text, *linked, how_many(found, holder))
    if part not in PEOPLE or is_told(part, others) or ROOM.search(others) or is_person(holder):
        return None
    said = room(figure(found["number"]), "at most" if is_most(found) else "default")
    return put_apart(found, text, f"{a(holder).capitalize()} has {said}")


def limited(found: re.Match[str], text: str) -> str | None:
    """Return ", with at most two dogs per walk" as the rule that it is."""
    many = found["many"].lower()
    if one(many).split()[-1] in UNITS or not has_plural(many) or RULED.search(sentence_at(text, found.start())):
        return None
    rest = f"{text[: found.start()]}{text[found.end() :]}"
    return added(rest, found.start(), f"There may be at most {found['number']} {many} per {one(found['single'])}")


def at_a_time(found: re.Match[str], text: str) -> str | None:
    """Return "a member borrows tools, at most two tools at a time" as the deed and the rule."""
    who = one(found["who"])
    if has_plural(found["who"]) and found["each"]:
        return None
    rest = f"{text[: found.end('deed')]}{text[found.end() :]}"
    return added(
        rest, found.end("deed"), f"{a(who).capitalize()} has at most {found['number']} {found['many']} at a time"
    )


def paid_before(found: re.Match[str], text: str) -> str:
    """Return ", with half paid in advance" as a sentence of its own, which no field holds."""
    rest = f"{text[: found.start()]}{text[found.end() :]}"
    return added(rest, found.start(), f"{found['share'].capitalize()} is {found['paid']}")


def taken_for(found: re.Match[str], text: str) -> str | None:
    """Return "members book tables for up to eight guests" as bookings, each for a number of guests with its limit."""
    record = EVENT_NOUNS.get(found["verb"].lower().removesuffix("s"), "")
    people, many = one(found["people"]), found["people"].lower()
    others = f"{text[: found.start()]}. {text[found.end() :]}"
    is_other = any(is_told(one_of, others) for one_of in ARRANGED - {record})
    if not record or is_other or is_told(people, others) or not (is_person(people) or people in PEOPLE):
        return None
    fields = () if is_told(record, others) else EVENT_FIELDS.get(record, ())
    dates = [f"{spoken(name)}{' (optional)' if is_empty else ''}" for name, is_empty in fields]
    facts = joined([*dates, f"a number of {many} (at most {figure(found['number'])})"])
    return put_apart(found, text, found["deed"], f"{a(record).capitalize()} has {facts}")


def lasts(found: re.Match[str], text: str) -> str:
    """Return "a booking is for up to three nights" as how long it lasts at most, which is no thing."""
    return put_apart(found, text, f"{found['who']} lasts at most {found['number']} {found['unit']}")


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}(?P<who>(?:an?|each|every) {TERM}) is for {MOST} (?P<number>{NUMERAL}) "
                rf"(?P<unit>nights?|days?|hours?|weeks?|months?|minutes?|years?){END}"
            ),
            lasts,
        ),
        (
            (
                rf"{SENTENCE}(?P<deed>(?:(?:an?|each|every|our) {TERM}|{WORD}s) (?:can |may )?(?P<verb>{TAKEN}s?) "
                rf"(?:an? )?{TERM}) for {MOST} (?P<number>{NUMERAL}) (?P<people>{WORD}s|people|children){END}"
            ),
            taken_for,
        ),
        (
            (
                rf"{SENTENCE}(?:(?:an?|each|every) (?P<single>{TERM}) is|(?P<several>{WORD}s) are) (?P<for>{FOR}) "
                rf"(?P<limit>{MOST} )?(?P<number>{NUMERAL}) "
                rf"{PARTS}{END}"
            ),
            is_for,
        ),
        (
            (
                rf"{SENTENCE}(?P<article>an?|each|every) (?P<single>{TERM}) "
                r"(?P<has>has|(?:must|should|has to|needs to) have)"
                rf"(?P<facts>(?: (?:an?|its|one|several) {WORD}(?: {WORD}){{0,3}}(?:, and|,| and)){{0,6}}?) "
                rf"(?:exactly |(?P<limit>{MOST}) )?(?P<number>{NUMERAL}) {PARTS}{PAUSE}"
            ),
            has_so_many,
        ),
        (
            (
                rf"(?<![\w-]){HOLDER}(?P<per> for (?:each|every) {WORD})? "
                rf"(?P<how>with|of|for|to(?= {MOST})|{THAT_FITS}) (?:exactly |(?P<limit>{MOST}) )?"
                rf"(?P<number>{NUMERAL}) {PARTS}{NEXT}"
            ),
            described,
        ),
        (
            rf"(?<![\w-]){HOLDER} (?P<how>\()(?P<limit>{MOST}) (?P<number>{NUMERAL}) {PARTS}\)",
            described,
        ),
        (
            (
                rf",? (?:with|but) {MOST} (?P<number>{NUMERAL}) {PARTS} (?:per|for each|for every|in each) "
                rf"(?P<single>{TERM}){END}"
            ),
            limited,
        ),
        (
            (
                rf"{SENTENCE}(?P<deed>(?P<each>(?:an?|each|every|the) )?(?P<who>{WORD}) {WORD} [^.,;:!?\n]{{3,80}}), "
                rf"(?:but |and )?{MOST} (?P<number>{NUMERAL}) {PARTS} at (?:a time|once|the same time){END}"
            ),
            at_a_time,
        ),
        (
            (
                rf",? (?:with|of which) (?P<share>{SHARE}) (?:(?:is|being|to be|has to be|must be) )?"
                rf"(?P<paid>(?:paid|payable|due)(?: (?:in|up|on|at|before|beforehand|when|with)\b[^.,;:!?\n]{{0,40}})?)"
                r"(?=\s*(?:[.,;!?\n]|$))"
            ),
            paid_before,
        ),
    )
)
"""Ways of telling how many of a kind one of another has, and what says it plainly."""


def in_plain_limits(text: str) -> str:
    """Return a text with how many of a kind one of another has said as several of them, and as a rule."""
    for _ in range(MOST_COUNTS if len(text) <= LONGEST else 0):
        before, text = text, rewritten(text, WAYS)
        if text == before:
            break
    return text
