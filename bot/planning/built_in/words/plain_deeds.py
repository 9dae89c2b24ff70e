"""Says deeds with several people and places as records of their own, before they are read.

"Students take driving lessons with an instructor in a car" tells of a driving lesson that belongs to a student, an
instructor and a car. Each way of speaking has one meaning only; what is not understood whole stays as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.documents.naming import capital
from bot.patterns import found_by, regex
from bot.planning.built_in.words.deed_nouns import (
    ART,
    MODAL,
    NOUN,
    NOUN_OF,
    base_form,
    belonging,
    gerund_of,
    having,
    is_occasion,
    is_person,
    noun_of,
    one,
    record_noun,
)
from bot.planning.built_in.words.telling import PREPOSITION, Clause, parts_of, record_with
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, a, has_plural, word_set

__all__ = ["DEED_WAYS"]

OFTEN = (
    r"(?:every|each)\s+(?:(?:single|second|third|other|few|two|three|four|five|six|eight|ten|twelve|\d+)\s+)?(?:day|night|morning|evening|week|weekend|month|"
    r"quarter|year|season|term)s?|(?:once|twice|(?:two|three|four|several)\s+times)\s+(?:a|per|every)\s+\w+|"
    r"daily|weekly|monthly|yearly|regularly|annually"
)
WITH_FACTS = r"(?:\s+(?:with|who have)\s+(?P<has>(?:an?|their)\s+[a-z][a-z -]*?))"
TAKING = regex(
    rf"^{ART}(?P<who>{NOUN})(?:\s+and\s+(?P<other>{NOUN}))?\s+{MODAL}(?P<verb>takes?|has|have|gets?|gives?|holds?|leads?|receives?|books?|schedules?|"
    r"comes?\s+(?:in\s+)?(?:for|to)|goes\s+to|go\s+to|does|do|makes?|arranges?|requests?)\s+"
    rf"(?P<article>(?:an?|their|some|several|one)\s+)?(?P<what>{NOUN})(?:\s*\((?P<kinds>[^()]+)\))?\s+"
    rf"(?P<rest>{PREPOSITION}\s.+?)(?:,?\s+(?P<often>{OFTEN}))?$",
    re.IGNORECASE,
)
HELD = word_set("tour class workshop course talk lecture concert seminar performance reading sermon")
"""What one gives to others, who come to it."""
BASES = {"has": "have", "goes": "go", "does": "do"}
DONE_TO = regex(
    rf"^{ART}(?P<whom>{NOUN})\s+{MODAL}(?:are|is|get|gets|be)\s+(?:being\s+)?(?P<verb>[a-z]+)\s+"
    rf"(?P<rest>{PREPOSITION}\s.+?)(?:,?\s+(?P<often>{OFTEN}))?(?P<ticks>,\s+(?:who|and)\s+(?:then\s+)?ticks?\s+"
    r"(?:it|them|each)\s+off)?$",
    re.IGNORECASE,
)
DOING_TO = regex(
    rf"^{ART}(?P<who>{NOUN})\s+{MODAL}(?P<verb>[a-z]+)(?:\s+on)?\s+{ART}(?P<whom>{NOUN})\s+(?P<rest>{PREPOSITION}\s.+)$",
    re.IGNORECASE,
)
NEEDING = regex(
    rf"^(?:every|each|all(?:\s+our)?|(?=[a-z]+s\s+(?:need|get|have|require)\s))\s*(?P<what>{NOUN})\s+(?:must\s+|has\s+to\s+|have\s+to\s+|should\s+)?"
    rf"(?:needs?|gets?|has|have|requires?|undergo(?:es)?)\s+(?:to\s+have\s+)?(?P<noun>(?:an?\s+)?{NOUN})\s+(?P<often>{OFTEN})$",
    re.IGNORECASE,
)
WORKING = regex(
    rf"^(?P<only>only\s+(?:[a-z]+(?:ed|en)\s+)?)?{ART}(?P<who>{NOUN})\s+{MODAL}(?P<verb>[a-z]+)(?:\s+(?:on|for|in|to|at|with|over))?\s+"
    rf"(?P<what>{ART}{NOUN})$",
    re.IGNORECASE,
)
DESCRIBED = regex(
    rf"^{ART}(?P<who>{NOUN}){WITH_FACTS}\s+{MODAL}(?P<verb>(?:{'|'.join(NOUN_OF)})(?:e?s)?)\s+(?P<what>{ART}{NOUN})$",
    re.IGNORECASE,
)
WORKED_ON = regex(
    rf"^{ART}(?P<what>{NOUN})\s+{MODAL}(?:are|is|get|gets|be)\s+(?P<verb>[a-z]+)\s+by\s+{ART}(?P<who>{NOUN})$",
    re.IGNORECASE,
)
TENDING = word_set(
    "train operate coach examine treat vaccinate inspect repair tutor interview assess "
    "restore consult instruct audit massage "
    "mentor induct groom prepare"
)
"""What one does to another, one at a time."""
DOING = word_set("shoe clean wash feed water service maintain check weigh test teach")
"""What one does to a thing or an animal, time and again."""
HOURS = regex(
    rf"^{ART}(?P<who>{NOUN})\s+{MODAL}(?:logs?|records?|notes?(?:\s+down)?|writes?\s+down|tracks?|enters?|reports?|fills?\s+in|"
    r"keeps?\s+track\s+of)\s+(?:the\s+|their\s+|how\s+many\s+|how\s+much\s+)?(?P<unit>working\s+hours|hours|minutes|time|working\s+time)"
    r"\s+(?P<spend>(?:that\s+)?(?:they|he|she)(?:'ve)?\s+(?:have\s+)?(?:spend|spent|work|worked|put\s+in|needed)\s+)?"
    rf"(?:on|at|for|in|with)\s+(?P<what>{ART}{NOUN})(?:(?:,?\s+and|,|\s+with)\s+(?P<more>.+))?$",
    re.IGNORECASE,
)
OUTINGS = r"trip|ride|tour|journey|drive|outing|sail|flight|walk|run|job|errand|excursion|delivery|round|hike|dive"
OUTING = regex(
    rf"^{ART}(?P<who>{NOUN}){WITH_FACTS}?\s+{MODAL}(?P<verb>takes?|uses?|borrows?|gets?|books?|drives?|rides?|sails?|reserves?)\s+"
    rf"(?:out\s+)?(?:an?|one\s+of\s+(?:our|the)|the|any|some)?\s*(?P<what>{NOUN})\s+(?:out\s+)?(?:for|on)\s+(?:an?|their|the)?\s*"
    rf"(?P<record>(?:[a-z]+\s+)??(?:{OUTINGS}))s?$",
    re.IGNORECASE,
)
BRINGING = regex(
    rf"^{ART}(?P<who>{NOUN})\s+{MODAL}(?:brings?|sends?|hands?|leaves?|drops?\s+off)\s+(?:in\s+|us\s+)?(?:their|his\s+or\s+her|an?)\s+"
    rf"(?P<what>{NOUN})\s+(?:in\s+|to\s+us\s+)?for\s+(?:an?\s+|the\s+)?(?P<record>{NOUN})$",
    re.IGNORECASE,
)
RATED = regex(r"^how (?:they|he|she) (?:rated|liked|found) (?:it|them)", re.IGNORECASE)
CARING = regex(
    rf"^{ART}(?P<who>{NOUN})\s+{MODAL}(?:(?:takes?|taking)\s+care\s+of|looks?\s+after|(?:is|are)\s+(?:responsible\s+for|in\s+charge"
    rf"\s+of)|cares?\s+for|works?\s+on|deals?\s+with)\s+(?:(?P<it>it|them)|(?P<what>{ART}{NOUN}))$",
    re.IGNORECASE,
)
REMEMBERED = regex(
    rf"^(?:(?:for|of)\s+(?:each|every)\s+(?P<what>{NOUN}),?\s+(?:we|i)\s+{MODAL}(?:remember|note|keep|record|store|track|see|"
    r"know|mark|write)(?:\s+(?:down|track of))?\s+(?:whether|if|which|when)\s+(?:an?|each|every)?\s*"
    rf"(?P<who>{NOUN})\s+(?:(?:has|have|had|was|is|were|are)\s+)?(?:already\s+|really\s+|ever\s+|actually\s+)*"
    r"(?P<verb>[a-z]+)(?:\s+(?:it|them|there|that|one|for it|to it|in it))?)"
    r"(?:,?\s+and\s+(?P<more>(?:how|when|what|the|an?)\s.+))?$",
    re.IGNORECASE,
)


def taking(clause: str, told: Clause) -> str:
    """Say "students take driving lessons with an instructor in a car"."""
    found = TAKING.match(clause)
    if found is None or not (found["article"] or has_plural(found["what"].lower())):
        return ""
    is_held = re.match(r"(?:give|hold|lead)", found["verb"], re.IGNORECASE) and one(found["what"]).split()[-1] in HELD
    if not is_held and not is_occasion(found["what"]):
        return ""
    parts = parts_of(found["rest"], told)
    who = [one(noun) for noun in (found["who"], found["other"]) if noun]
    is_told = parts is not None and (parts[0] or found["kinds"] or len(parts[1]) > 1)
    if parts is None or not is_told or not any(map(is_person, [who[0], *parts[0]])):
        return ""
    kinds = [f"a kind ({found['kinds']})"] if found["kinds"] else []
    if kinds and not re.search(r"\bor\b|/", kinds[0]):
        return ""
    what = one(found["what"])
    date = ["a date"] if found["often"] and not parts[1] else []
    said = record_with(told, what, [*who, *parts[0]], [*kinds, *parts[1], *date])
    verb = re.sub(
        r"^(has|goes|does)\b|^(\w+?)s\b", lambda form: BASES.get(form[1] or "", form[2]), found["verb"].lower()
    )
    return f"{said}. {found['who'].capitalize()} must {verb} {a(what)} {found['often']}" if found["often"] else said


def done_to(clause: str, told: Clause) -> str:
    """Say "members get trained on machines by a trainer"."""
    found = DONE_TO.match(clause)
    base = base_form(found["verb"]) if found else ""
    record = noun_of(base) if found and base in TENDING | DOING and found["verb"].lower() != base else ""
    record = "" if found and one(found["whom"]).endswith(record) else record
    parts = parts_of(found["rest"], told) if found and record else None
    if found is None or parts is None or len(parts[0]) + bool(found["often"]) + bool(parts[1]) < 2 or not parts[0]:
        return ""
    whom = one(found["whom"])
    facts = [*parts[1], *(["a date"] if found["often"] else []), *(["whether it is done"] if found["ticks"] else [])]
    said = record_with(told, record, [whom, *parts[0]], facts)
    return f"{said}. Every {whom} must be {found['verb'].lower()} {found['often']}" if found["often"] else said


def doing_to(clause: str, told: Clause) -> str:
    """Say "a trainer trains members on a machine"."""
    found = DOING_TO.match(clause)
    base = base_form(found["verb"]) if found else ""
    record = noun_of(base) if base in TENDING else ""
    record = record or (record_noun(told.text, base or found["verb"].lower(), found["who"]) if found else "")
    if found is None or not record or not is_person(found["who"]) or record in {one(found["who"]), one(found["whom"])}:
        return ""
    parts = parts_of(found["rest"], told)
    if parts is None or not (parts[0] or parts[1]):
        return ""
    return record_with(told, record, [one(found["who"]), one(found["whom"]), *parts[0]], parts[1])


def needing(clause: str, told: Clause) -> str:
    """Say "every car needs an inspection once a year" as inspections, with the rule as it was said."""
    found = NEEDING.match(clause)
    what, noun = (one(found["what"]), one(found["noun"])) if found else ("", "")
    if found is None or not (is_occasion(noun) or noun in NOUN_OF.values()):
        return ""
    said = record_with(told, noun, [what], ["a date"])
    return f"{said}. Every {what} must have {found['noun'].lower()} {found['often']}"


def working(clause: str, told: Clause) -> str:
    """Say "restorers work on exhibits" and "donors with a blood group donate blood", where that is described."""
    found = DESCRIBED.match(clause) or WORKING.match(clause) or WORKED_ON.match(clause)
    if found is None or not is_person(found["who"]):
        return ""
    groups = found.groupdict()
    verb, what, who = found["verb"].lower(), one(found["what"]), one(found["who"])
    record = record_noun(told.text, base_form(verb) or verb, who)
    is_thing = has_plural(found["what"].lower()) or re.match(r"(?:an?|each|one)\s", found["what"], re.IGNORECASE)
    is_event = bool({base_form(verb), verb.removesuffix("s")} & set(EVENT_NOUNS))
    is_known = bool(is_thing) and is_event and found_by(WORKING, found) and not groups["only"]
    is_named = re.search(rf"\b{record}s?\b", found["what"], re.IGNORECASE) is not None if record else False
    if not record or record in {what, who} or is_known or is_named:
        return ""
    has = f". {having(who, [groups['has'].lower()])}" if groups.get("has") else ""
    only = f". {capital(clause)}" if groups.get("only") else ""
    return (
        record_with(told, record, [who, *([what] if is_thing or found_by(WORKED_ON, found) else [])], []) + has + only
    )


def hours(clause: str, told: Clause) -> str:
    """Say "workers log the hours they spend on a field and what they did"."""
    found = HOURS.match(clause)
    if found is None or not (found["spend"] or found["more"]) or not is_person(found["who"]):
        return ""
    record = "time entry"
    unit = "a duration" if "time" in found["unit"].lower() else f"the {found['unit'].lower().split()[-1]}"
    more = [re.sub(r"^with\s+", "", found["more"])] if found["more"] else []
    return record_with(told, record, [one(found["who"]), one(found["what"])], ["a date", unit, *more])


def outing(clause: str, told: Clause) -> str:
    """Say "employees can take a car for a trip"."""
    found = OUTING.match(clause)
    if found is None or not is_person(found["who"]):
        return ""
    who, what = one(found["who"]), one(found["what"])
    said = record_with(told, one(found["record"]), [who, what], [])
    if not found["has"]:
        return said
    only = f"Only {found['who'].lower()} with {found['has']} can take {a(what)}"
    return f"{said}. {having(who, [found['has'].lower()])}. {only}"


def bringing(clause: str, told: Clause) -> str:
    """Say "customers bring their cars for repairs"."""
    found = BRINGING.match(clause)
    if found is None or not is_person(found["who"]):
        return ""
    who, what, record = one(found["who"]), one(found["what"]), one(found["record"])
    if not (is_occasion(record) or record in NOUN_OF.values()):
        return ""
    return f"{belonging(what, [who])}. {record_with(told, record, [what], [])}"


def remembered(clause: str, told: Clause) -> str:
    """Say "for each lesson we remember whether a learner has finished it"."""
    found = REMEMBERED.match(clause)
    verb = found["verb"].lower() if found else ""
    record = gerund_of(verb)
    if found is None or not record or not is_person(found["who"]) or found["what"].lower() == found["who"].lower():
        return ""
    state = "whether they came" if record == "attendance" else f"whether it is {verb}"
    more = [RATED.sub("a rating", found["more"])] if found["more"] else []
    return record_with(told, record, [one(found["who"]), one(found["what"])], [state, *more])


def caring(clause: str, told: Clause) -> str:
    """Say "teachers take care of groups", and "a mechanic works on it" of the record that was spoken of."""
    found = CARING.match(clause)
    if found is None or not is_person(found["who"]) or re.match(r"several\s", found["what"] or "", re.IGNORECASE):
        return ""
    if re.match(r"(?:several|some|different|all)\s", clause, re.IGNORECASE):
        return ""
    if found["it"]:
        return belonging(told.record, [one(found["who"])]) if told.record and told.made else ""
    is_one = has_plural(found["what"].lower()) or re.match(r"(?:an?|each|one)\s", found["what"], re.IGNORECASE)
    return belonging(one(found["what"]), [one(found["who"])]) if is_one else ""


DEED_WAYS: tuple[Callable[[str, Clause], str], ...] = (
    hours, outing, bringing, taking, done_to, needing, remembered, doing_to, working, caring,
)  # fmt: skip
"""Each way of telling of a deed."""
