"""Says plainly what people ask of each other: who brings what to whom, who decides, who comes, where something is.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one, spoken_of
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    MANY,
    NAME,
    PAUSE,
    WORD,
    Ways,
    replaced,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, singular

__all__ = ["in_plain_requests"]

ASKED = regex(
    rf"\b(?:{WORD}s?|employees) (?:can |may )?(?:request|ask for|apply for|submit|hand in|propose|report|file|suggest|"
    rf"requests|submits|proposes|reports|files|suggests|applies for|asks for|hands in) (?:an? |their |one of the )?"
    rf"(?P<what>{WORD})",
    re.IGNORECASE,
)
"""What somebody asks for, before somebody decides."""
OCCASION = r"(?:meeting|event|party|match|training|rehearsal|workshop|class|course|call|interview|lecture|seminar)"
YES_NO = {"yes or no": ("accepted", "refused"), "yes or not": ("accepted", "refused")}
PLACED = r"(?:(?:in|at|on|under|out for|out|off) )(?:its |their |the |our )?"
STATE = rf"(?:{PLACED}?{WORD}|{WORD})"


def brought_to(found: re.Match[str], text: str) -> str | None:
    """Return "drivers bring parcels to customers" as parcels of a driver and a customer."""
    who, what, whom = (singular(one(found[part])) for part in ("who", "what", "whom"))
    if not is_person(who) or not is_person(whom) or is_person(what) or who == whom:
        return None
    return replaced(found, text, f"Each {what} belongs to {a(who)} and {a(whom)}")


def decided(found: re.Match[str], text: str) -> str | None:
    """Return "their manager approves or declines" as what becomes of what was asked for, and by whom."""
    asked = [one["what"].lower() for one in ASKED.finditer(text, 0, found.start())]
    if not asked:
        return None
    thing = singular(asked[-1])
    first, other = YES_NO.get((found["yes"] or "").lower()) or (
        participle(found["verb"].lower()),
        participle(found["other"].lower()),
    )
    who = singular(found["who"].lower()) if found["who"] else ""
    if is_person(thing) or thing == who:
        return None
    told = [f"{a(thing).capitalize()} may belong to {a(who)}"] if who and is_person(who) else []
    return replaced(found, text, *told, f"{a(thing).capitalize()} is submitted, then {first} or {other}")


def whether_they_come(found: re.Match[str], text: str) -> str | None:
    """Return "singers say if they can come" as attendances at what was told of last."""
    before = text[: found.start()]
    events = re.findall(rf"\b(?:for each|for every|each|every) ({WORD})\b", before, re.IGNORECASE) or spoken_of(before)
    who = singular(found["who"].lower())
    if not events or not is_person(who) or is_person(events[-1]):
        return None
    told = f"Each attendance belongs to {a(who)} and {a(events[-1].lower())}"
    return replaced(found, text, told, "An attendance has whether they come")


def it_is(found: re.Match[str], text: str) -> str | None:
    """Return "it's at the depot, on its way, delivered or refused" as the states of what was told of last."""
    things = spoken_of(text[: found.start()])
    if not things or is_person(things[-1]):
        return None
    listed = re.split(r",\s*(?:or\s+)?|\s+or\s+", found["states"])
    plain = ["_".join(re.sub(r"\b(?:the|its|their|our)\s+", "", state.lower()).split()) for state in listed]
    if not any("_" in state for state in plain):
        return None
    return replaced(found, text, f"{a(things[-1]).capitalize()} has a status ({'/'.join(plain)})")


def booked_for(found: re.Match[str], text: str) -> str | None:
    """Return "colleagues reserve a room for a meeting with a topic" as a meeting of both, from when to when."""
    who, room, what = one(found["who"]), one(found["room"]), found["what"].lower()
    if not is_person(who):
        return None
    more = f", {re.sub(r',? and ', ', ', found['facts'])}" if found["facts"] else ""
    told = f"Each {what} belongs to {a(singular(who))} and {a(room)}"
    return replaced(found, text, told, f"{a(what).capitalize()} has a start, an end{more}")


def they_take_part(found: re.Match[str], text: str) -> str | None:
    """Return "they take part in tournaments and we keep their placing" as participations of those told of last."""
    before = [one for one in spoken_of(text[: found.start()]) if is_person(one)]
    who = singular(found["who"].lower()) if found["who"].lower() != "they" else next(reversed(before), "")
    event = one(found["event"])
    if not who or not is_person(who) or is_person(event):
        return None
    facts = [f"A participation has {re.sub(r'^(?:their|the) ', 'a ', found['facts'])}"] if found["facts"] else []
    return replaced(found, text, f"Each participation belongs to {a(who)} and {a(singular(event))}", *facts)


def who_works_on_it(found: re.Match[str], text: str) -> str | None:
    """Return "and a clerk who works on it" among the facts of a thing as a link to a clerk."""
    who, thing = one(found["who"]), one(found["thing"])
    if not is_person(who):
        return None
    return f"{text[: found.end('facts')]}. Each {thing} belongs to {a(who)}{text[found.end() :]}"


def books_us(found: re.Match[str], text: str) -> str | None:
    """Return "couples book us for their wedding day, with a location" as bookings of a couple, with their facts."""
    who = singular(one(found["who"]))
    told = f"Each booking belongs to {a(who)}"
    return replaced(found, text, told, f"A booking has {found['facts']}") if is_person(who) else None


def noted_who(found: re.Match[str], text: str) -> str:
    """Return "people donate items, we note who gave what and when" without what the donation says itself."""
    return f"{text[: found.end('deed')]}{text[found.end() :]}"


def goes_on(found: re.Match[str], text: str) -> str | None:
    """Return "a pupil has a card with a balance, buys a meal" with who buys said again."""
    if not is_person(found["who"]):
        return None
    who = a(one(found["who"])).capitalize()
    return f"{text[: found.end('first')]}. {who} {text[found.start('verb') :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}(?P<who>they|{MANY}) (?:can |may )?(?:take part|participate|compete|start) in "
                rf"(?P<event>{WORD}s)(?:,? (?:and|where|for which) we (?:keep|note|record|store|write down) "
                rf"(?P<facts>(?:their|the|an?) [^.,;!?\n]+))?{END}"
            ),
            they_take_part,
        ),
        (
            (
                rf"(?P<facts>\b(?:an?|each|every) (?P<thing>{WORD}) has [^.;!?\n]{{2,120}}?),? and an? "
                rf"(?P<who>{WORD}) (?:who|that) (?:works|is working|takes care|looks after|is responsible|deals with) "
                rf"?(?:on|of|for|with|after)? ?(?:it|them)(?=\s*[.;!?\n]|$)"
            ),
            who_works_on_it,
        ),
        (
            (
                rf"{BEGIN}(?P<who>an? {WORD}|{WORD}s) (?:books?|hires?|reserves?) us for [^.,;!?\n]{{3,40}}, "
                rf"with (?P<facts>[^.;!?\n]+){END}"
            ),
            books_us,
        ),
        (
            (
                rf"(?P<deed>\b(?:people|{WORD}s) (?:donate|give|bring|lend|sell|buy|borrow|rent|hand in|swap) {WORD}s)"
                r",? (?:and )?(?:we|i) (?:note|record|write down|keep track of|log|want to know) who "
                r"(?:gave|donated|brought|lent|sold|bought|borrowed|rented|took|swapped|handed in) what"
                r"(?:,? (?:and )?when)?"
            ),
            noted_who,
        ),
        (
            (
                rf"(?P<first>(?:^|[.!?;:]\s+|\n\s*)(?P<who>(?:an?|each|every) {WORD}) has an? [^.;:!?,\n]{{2,60}}), "
                r"(?:and )?(?P<verb>buys|pays|books|borrows|orders|takes|chooses|rents|reserves|gets|visits|uses) "
                r"(?=(?:an?|the|one|several) )"
            ),
            goes_on,
        ),
        (
            (
                rf"{BEGIN}(?P<who>an? {WORD}|{WORD}s) (?:can |may )?(?:book|reserve|rent|hire)s? "
                rf"(?:an?|one of (?:our|the)) (?P<room>{NAME}) for an? (?P<what>{OCCASION})"
                rf"(?: with (?P<facts>an? [^.,;!?\n]+(?:, an? [^.,;!?\n]+)*))?{END}"
            ),
            booked_for,
        ),
        (
            (
                rf"{BEGIN}(?P<who>an? {WORD}|{WORD}s) (?:(?:bring|take|ship|send)s?|carr(?:y|ies)) "
                rf"(?P<what>an? {WORD}|{WORD}s) to (?P<whom>(?:an?|the|our) {WORD}|{WORD}s){PAUSE}"
            ),
            brought_to,
        ),
        (
            (
                rf"{BEGIN}(?:(?:their|the|an?|our|his or her) (?P<who>{WORD})|we) (?:then )?"
                r"(?:(?:decide|say)s? (?P<yes>yes or not?)|(?P<verb>approve|accept|confirm|grant)s? or "
                r"(?P<other>decline|reject|refuse|deny|denie|turn down)s?)"
                rf"{END}"
            ),
            decided,
        ),
        (
            (
                rf"{BEGIN}(?:the )?(?P<who>{WORD}s) (?:can )?(?:say|tell us|let us know|note|reply|answer|indicate|"
                rf"mark) (?:if|whether) they (?:can |will |'ll |want to )?"
                rf"(?:come|be there|attend|join|take part|sing|play)(?: or not)?{END}"
            ),
            whether_they_come,
        ),
        (
            (
                rf"{BEGIN}(?:it's|it is|they're|they are) (?:either )?"
                rf"(?P<states>{PLACED}{WORD}(?:, {STATE})*,? or {STATE}|{WORD}, (?:{STATE}, )*{PLACED}{WORD}"
                rf"(?:, {STATE})*,? or {STATE}){END}"
            ),
            it_is,
        ),
    )
)
"""Ways of telling what people ask of each other, and what says them plainly."""


def in_plain_requests(text: str) -> str:
    """Return a text with what people ask of each other said in sentences of one fact each."""
    return rewritten(text, WAYS)
