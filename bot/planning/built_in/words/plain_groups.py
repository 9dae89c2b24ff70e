"""Says as records what people do in numbers: play each other, work a shift together, share copies, sign up.

"Each night needs two nurses and one doctor" tells of a night shift that has a first nurse, a second nurse and a doctor.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import (
    ART,
    MODAL,
    NOUN,
    belonging,
    having,
    is_person,
    listed,
    noun_of,
    one,
    spoken_of,
)
from bot.planning.built_in.words.telling import Clause, record_with
from bot.planning.built_in.words.vocabulary import a, word_set

__all__ = ["GROUP_WAYS"]

MUTUAL = regex(
    rf"^(?:(?:in|on|at|during)\s+(?:each|every)\s+(?P<when>{NOUN}),?\s+)?(?:always\s+)?two\s+(?P<who>{NOUN})\s+{MODAL}"
    r"(?P<verb>play|meet|fight|race|face|compete|box|wrestle|duel|debate)\s*(?:with|against|each other|one another|"
    r"against each other|with each other|against one another)+\s*"
    r"(?:,?\s+(?:(?:with|as|one (?:is|has|plays|as|with)|playing)\s+|(?=[a-z]+\s+and\s+[a-z]+$))"
    r"(?P<one>[a-z]+)(?:\s+pieces)?,?\s+(?:or|and)\s+"
    r"(?:the other (?:is|has|plays|as|with)?\s*)?(?P<other>[a-z]+))?$",
    re.IGNORECASE,
)
GAMES = ("game", "match", "fight", "race", "bout", "debate", "duel")
COUNTED = r"(?:one|two|three|an?|1|2|3)"
STAFFED = regex(
    rf"^(?:(?:an?|each|every|the)\s+)(?P<what>{NOUN})\s+(?:always\s+|must\s+)?(?:needs?|requires?|has|have|is\s+(?:staffed|run|covered)\s+by)"
    rf"\s+(?P<list>{COUNTED}\s+{NOUN}(?:(?:,|\s+and|,\s+and|\s+plus)\s+{COUNTED}\s+{NOUN})*)$",
    re.IGNORECASE,
)
COUNTS = {"one": 1, "a": 1, "an": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}
ORDINALS = ("first", "second", "third")
SHIFTS = word_set("night day evening morning afternoon weekend")
HOME = regex(
    r"^(?P<head>.+?\s)(?:take|takes|carry|carries|pick up|picks up)\s+"
    r"(?P<what>(?:an?|the|one|some|several)?\s*[a-z][a-z -]*?)"
    r"(?:\s+(?:home|away|with them|out|along))?(?P<long>\s+for\s+.{1,30}?)?\s+and\s+"
    r"(?:(?:later|then|must|have to|has to|should)\s+)*"
    r"(?:bring|brings|return|returns|give|gives|take|takes)\s+(?:it|them)(?:\s+(?:back|again|later|afterwards))*$",
    re.IGNORECASE,
)
RETURNING = regex(
    r"^(?P<main>.+?\s(?P<verb>borrow|rent|hire)s?\s.+?)\s+and\s+(?:(?:later|then|must|have to|has to|should)\s+)*"
    r"(?:bring|return|give)s?\s+(?:it|them)(?P<how>(?:\s+[a-z]+){0,7})$",
    re.IGNORECASE,
)
SLOT = regex(
    rf"^{ART}(?P<who>{NOUN})(?:\s+of\s+(?P<size>(?:(?:up to|at most|at least)\s+)?"
    r"(?:\d+|[a-z]+)(?:\s*(?:to|-|–)\s*(?:\d+|[a-z]+))?\s+"
    rf"(?:people|persons|players|members)))?\s+{MODAL}(?:books?|reserves?|takes?|gets?|chooses?|picks?)\s+(?:an?|the|one|some)?\s*"
    r"(?:(?:free|time)\s+)*slots?(?:\s+of\s+(?P<long>(?:an|one|two|three|\d+|half an)\s*(?:hours?|minutes?)))?"
    rf"(?:\s+(?:in|for|at|on|with)\s+(?P<what>{ART}{NOUN}))?$",
    re.IGNORECASE,
)
CHOSEN = (
    r"course|class|workshop|event|run|tour|camp|tournament|training|seminar|webinar|programme|program|league|competition|"
    r"session|rehearsal|trip|race|lesson|excursion|retreat|conference|module|exam|shift"
)
"""What people enroll for."""
ENROLLING = regex(rf"^{ART}(?P<who>{NOUN})\s+{MODAL}(?P<verb>enroll?s?|signs?\s+up|registers?)$", re.IGNORECASE)
COPIES = regex(
    r"^(?:we|they|i)\s+(?:also\s+)?(?:have|own|keep|hold|store|possess)\s+"
    r"(?:several|many|some|a few|multiple|a number of|two or more)"
    r"\s+(?P<part>copies|specimens|prints|exemplars|units|samples)\s+of\s+"
    rf"(?P<of>it|them|each(?: of them)?|{ART}{NOUN})(?P<numbered>,?\s+(?:all |each )?numbered)?$",
    re.IGNORECASE,
)
IS_BY = regex(
    rf"^(?:an?|each|every|the)\s+(?P<whole>{NOUN})\s+is\s+an?\s+(?P<what>{NOUN})\s+(?:by|of|from)\s+an?\s+(?P<who>{NOUN})$",
    re.IGNORECASE,
)


def taking_home(clause: str, told: Clause) -> str:
    """Say "singers take a copy home and bring it back" as borrowing it."""
    found = HOME.match(clause)
    if found is None or not (found["head"].split()):
        return ""
    told.record = "loan"
    is_one = clause[len(found["head"]) :].split(maxsplit=1)[0].lower().endswith("s")
    return f"{found['head']}{'borrows' if is_one else 'borrow'} {found['what']}{found['long'] or ''}"


def returning(clause: str, told: Clause) -> str:
    """Say "members borrow a tent for a weekend and return it clean" as borrowing it; how it comes back is quoted."""
    found = RETURNING.match(clause)
    if found is None or re.match(r"\s*(?:by|within|after|until|before)\b", found["how"] or "", re.IGNORECASE):
        return ""
    told.record = noun_of(found["verb"])
    how = re.sub(r"^\s*(?:back\b\s*)?", "", found["how"] or "", flags=re.IGNORECASE)
    is_plain = how.lower() in {"", "again", "later", "afterwards"}
    return found["main"] if is_plain else f"{found['main']}. It must come back {how}"


def mutual(clause: str, told: Clause) -> str:
    """Say "in every round two players play each other, with white or black"."""
    found = MUTUAL.match(clause)
    if found is None:
        return ""
    who = one(found["who"])
    named = [noun for noun in GAMES if told.speaks_of(noun)]
    record = named[0] if named else noun_of(found["verb"]) or "match"
    record = one(found["when"]) if found["when"] and one(found["when"]) in GAMES else record
    roles = (found["one"], found["other"]) if found["one"] else ("first", "second")
    facts = having(record, [a(f"{role.lower()} {who}") for role in roles])
    told.record, told.who = record, (who,)
    when = one(found["when"]) if found["when"] else ""
    whole = [belonging(record, [when])] if when and when != record else []
    return ". ".join([*whole, facts, f"There are {found['who'].lower()}"])


def staffed(clause: str, told: Clause) -> str:
    """Say "each night needs two nurses and one doctor"."""
    found = STAFFED.match(clause)
    if found is None:
        return ""
    pairs = re.findall(rf"({COUNTED})\s+({NOUN})(?=,|\s+and\s|\s+plus\s|$)", found["list"], re.IGNORECASE)
    counts = [(COUNTS[count.lower()], one(noun)) for count, noun in pairs]
    is_verb_of_need = re.search(r"\s(?:needs?|requires?|staffed|run|covered)\s", clause, re.IGNORECASE) is not None
    if not counts or not is_verb_of_need or not all(is_person(noun) for _, noun in counts):
        return ""
    if max(count for count, _ in counts) < 2:
        return ""
    what = one(found["what"])
    record = f"{what} shift" if what in SHIFTS else what
    date = ["a date"] if what in SHIFTS or what.endswith("shift") else []
    roles = [f"a {ORDINALS[at]} {noun}" for count, noun in counts if count > 1 for at in range(count)]
    told.record = record
    singles = [noun for count, noun in counts if count == 1]
    several = [noun.lower() for count, noun in pairs if COUNTS[count.lower()] > 1]
    whole = [belonging(record, singles)] if singles else []
    return ". ".join([*whole, having(record, [*date, *roles]), f"There are {listed(several)}"])


def slot(clause: str, told: Clause) -> str:
    """Say "teams of 2 to 6 people book a slot of an hour", in the only thing that there are several of."""
    found = SLOT.match(clause)
    if found is None or not is_person(found["who"]) or told.speaks_of("slot"):
        return ""
    counted = re.findall(
        r"\b(?:there are|we have|we've got)\s+(?:\d+|two|three|four|five|six|several|a few)\s+([a-z]+s)\b",
        told.text.lower(),
    )
    after = re.search(r"\bafter (?:the|each|every|a) ([a-z]+)\b", told.text, re.IGNORECASE)
    record = after[1].lower() if after else "booking"
    who = one(found["who"])
    described = [noun for noun in spoken_of(told.text, "has|have") if not is_person(noun) and noun != record]
    several = [*map(one, counted[:1])] or (described if len(described) == 1 else [])
    whole = [one(found["what"])] if found["what"] else several
    said = record_with(told, record, [who, *whole], ["a start", "an end"])
    size = f". A {who} must have {found['size']}" if found["size"] else ""
    long = f". A {record} lasts {found['long']}" if found["long"] else ""
    return f"{said}{size}{long}"


def enrolling(clause: str, told: Clause) -> str:
    """Say "learners enroll" with what they enroll for, where one such thing was spoken of."""
    found = ENROLLING.match(clause)
    before = told.text[: told.text.find(clause)] if clause in told.text else told.text
    named = re.findall(rf"\b(?:{CHOSEN})(?:e?s)?\b", before, re.IGNORECASE) if found else []
    if found is None or not named or not is_person(found["who"]):
        return ""
    told.record = noun_of(found["verb"].split()[0])
    way = "in" if found["verb"].lower().startswith("enrol") else "for"
    things = f"{one(named[-1])}s" if not one(named[-1]).endswith("s") else f"{one(named[-1])}es"
    return f"{clause} {way} {things}"


def copies(clause: str, told: Clause) -> str:
    """Say "we have several copies of it, numbered" as copies of what was spoken of."""
    found = COPIES.match(clause)
    whole = told.record if found and found["of"].lower() in {"it", "them", "each", "each of them"} else ""
    whole = whole or (one(found["of"]) if found else "")
    if found is None or whole in {"it", "them", "each"}:
        return ""
    part = one(found["part"])
    return belonging(part, [whole]) + (f". {having(part, ['a number'])}" if found["numbered"] else "")


def by_somebody(clause: str, told: Clause) -> str:
    """Say "each score is a piece by a composer"."""
    found = IS_BY.match(clause)
    if found is None:
        return ""
    whole, what, who = one(found["whole"]), one(found["what"]), one(found["who"])
    told.record = whole
    is_named = re.search(rf"\b{what}s\b|\b(?:the|each|every)\s+{what}\b", told.text, re.IGNORECASE)
    if not is_named and not told.speaks_of(what):
        return belonging(whole, [who])
    return f"{belonging(whole, [what])}. {belonging(what, [who])}"


GROUP_WAYS: tuple[Callable[[str, Clause], str], ...] = (
    taking_home,
    returning, mutual, staffed, slot, enrolling, copies, by_somebody,
)  # fmt: skip
"""Each way of telling of what several do together, one after the other, or with one of several."""
