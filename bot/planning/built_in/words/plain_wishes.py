"""Says plainly what people want to know of what is done: "we want to know what was brought and who worked on it".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: such facts are those of the
deed's record, not of the thing or of who does it, and "who tested it" is somebody.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import gerund_of, is_person, is_somebody, listed, noun_of, one
from bot.planning.built_in.words.doers import DEED, doer_of, verb_of
from bot.planning.built_in.words.plain_deeds import OFTEN
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    MANY,
    SENTENCE,
    TERM,
    WORD,
    Ways,
    put_apart,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import EVENT_FIELDS, a, is_verb_form, singular, spoken, word_set

__all__ = ["dates_of", "in_plain_wishes"]

WISH = (
    r"(?:we|i|they)(?:'d| would)? (?:also )?(?:(?:want|need|like|have|must|should|wish) (?:to )?)?"
    r"(?:know|see|write down|write|note down|note|record|keep track of|track|remember|log|put down|find out|look up)"
)
ASKED = r"(?:what|who|whom|whether|if|when|where|why|which|how (?:much|many|long|often|far|well|bad|urgent))\b"
PARTING = regex(rf",\s*(?:and\s+)?(?={ASKED})|\s+and\s+(?={ASKED})", re.IGNORECASE)
WHO = regex(
    rf"who (?:has |had |have |last |then |really |actually )*{DEED}(?: (?:it|them|her|him|that|this|one))?",
    re.IGNORECASE,
)
COULD = regex(
    r"(?:whether|if) (?:it|they|he|she) (?:could|can) (?:still )?be (?P<done>[a-z]+)(?P<rest> [a-z ]+)?", re.IGNORECASE
)
WRONG = regex(
    r"what (?P<is>is|was) (?P<how>wrong|missing|broken|damaged|faulty|defective|amiss)"
    r"(?: (?:with|on|about|in|at) (?:it|them))?",
    re.IGNORECASE,
)
CAME_OUT = regex(
    r"(?:what (?:came out(?: of it)?|the result was|the outcome was)|how it (?:went|ended))", re.IGNORECASE
)
SHAPE = regex(r"(?:what|which) (?P<noun>shape|state|condition|colour|size) (?:it|they) (?:was|is|were|are)(?: in)?")
OTHER = regex(
    r"\b(?:last|each|every|per|most|how often|in total|all|free|available|next|now|currently|today|who\b.* "
    r"(?:what|whom|which|"
    r"when)|which\b.*\bwhich|which (?:one|of (?:them|these|those)))\b|"
    r"\b(?:they|he|she) (?!were\b|was\b|had\b|did\b)(?P<does>[a-z]+)",
    re.IGNORECASE,
)
"""What is asked of the thing or of all of them, not of one deed."""
STATE = regex(rf"(?:whether|if) (?:more |any )?(?P<what>{WORD}) (?:is|was|are|were) (?P<state>[a-z]+)", re.IGNORECASE)
ALONE = {
    "when": "a date",
    "where": "a place",
    "who won": "a winner",
    "who won it": "a winner",
    "how long": "a duration",
}
"""Questions that are one word, and the facts that they ask for."""
HAS_IT = regex(r"who (?:has|had|took|borrowed|got|keeps) (?:it|them)(?: now| at the moment)?", re.IGNORECASE)
BORROWED = word_set("loan rental hire checkout")
RETURNED = regex(
    r"(?:when|whether) (?:it|they) "
    r"(?:came back|(?:was|were|is|are) (?:back|returned|brought back|given back))(?: again)?",
    re.IGNORECASE,
)
MADE = regex(rf"\beach (?P<record>{TERM}) (?:may )?belongs? to (?P<ends>[^.;\n]+)", re.IGNORECASE)
TOLD = regex(
    rf"(?:^|[.!?;:]\s+|\n\s*)(?:an?|each|every) (?P<thing>{TERM}) (?:has|is|belongs|stands|hangs)\b", re.IGNORECASE
)
KEPT = regex(rf"(?:^|[.!?]\s+|\n\s*)(?:we|i) (?:keep|have|own|run|lend out|rent out) (?P<many>{MANY})\b", re.IGNORECASE)
DONE = regex(
    rf"(?:^|[.!?;:]\s+|,\s+(?:and\s+)?|\band\s+|\n\s*)(?P<who>(?:an?|each|every|the|our) {WORD}|{MANY}|people) "
    r"(?:(?:can|may|must|should|then|also) )*(?P<verb>[a-z]+)(?: (?:on|for|up|out|in))? "
    rf"(?P<what>it|them|(?:each|all) of them|(?:(?:an?|the|their|one of our|some|our) )?{TERM})\b",
    re.IGNORECASE,
)
RECORDS = {"fix": "repair", "mend": "repair", "work": "repair", "check": "check"}
"""Records of deeds whose verbs have no noun of their own."""
THINGS = r"(?:[a-z]+ )?(?:things|items|stuff|objects|articles|goods)"


def record_before(before: str) -> tuple[str, list[str]]:
    """Return the record of the deed that a text told of last, and who did it; nothing where it told of none."""
    made = [(found.start(), found["record"].lower(), ends_of(found["ends"])) for found in MADE.finditer(before)]
    made = [one_made for one_made in made if is_record(one_made[1])]
    deeds = [
        (found.start(), record_of(found["verb"]), [one(found["who"])])
        for found in DONE.finditer(before)
        if is_person(found["who"])
    ]
    told = max([*made, *(deed for deed in deeds if deed[1])], default=None)
    return (told[1], told[2]) if told else ("", [])


def record_of(verb: str) -> str:
    """Return what the record of a deed is called, or nothing for what makes no record."""
    return noun_of(verb) or RECORDS.get(verb_of(verb), "")


def is_record(noun: str) -> bool:
    """Tell whether a noun is what is recorded of a deed: a repair, a booking, an appointment."""
    last = noun.rsplit(maxsplit=1)[-1]
    return last in EVENT_FIELDS or last in RECORDS.values() or bool(re.search(r"(?:ing|tion|ment|sion|al)$", last))


def ends_of(said: str) -> list[str]:
    """Return the nouns that a record belongs to."""
    return [one(part) for part in re.split(r",\s*|\s+and\s+", said) if part.strip()]


def thing_before(before: str) -> str:
    """Return the thing, no person, that a text told of last."""
    told = [(found.start(), found["thing"].lower()) for found in TOLD.finditer(before)]
    told += [(found.start(), singular(found["many"].lower())) for found in KEPT.finditer(before)]
    things = [thing for _, thing in sorted(told) if not is_person(thing) and not is_verb_form(thing.split()[0])]
    return things[-1] if things else ""


def asks_otherwise(said: str) -> bool:
    """Tell whether questions ask for something else than one deed: when a thing was last mowed, where they live."""
    asked = (found for part in PARTING.split(said) for found in OTHER.finditer(part))
    return any(not found["does"] or not is_verb_form(found["does"].lower()) for found in asked)


def does_it(verb: str, text: str) -> bool:
    """Tell whether a text tells of people who do what a verb says, whom its record names already."""
    return any(
        verb_of(found["verb"]) == verb_of(verb) != "" and is_person(found["who"]) for found in DONE.finditer(text)
    )


def facts_of(said: str, before: str, record: str, who: list[str]) -> tuple[list[str], list[str]] | None:
    """Return the facts and the people that a list of questions asks for, or None where one of them is no question.

    ``who``: whom the record names already.
    """
    facts, people = [], []
    for part in PARTING.split(said.strip(" ,")):
        plain = part.strip(" ,")
        if not re.match(ASKED, plain, re.IGNORECASE):
            return None
        asked = WHO.fullmatch(plain)
        if HAS_IT.fullmatch(plain) and record in BORROWED:
            continue
        if asked is None or plain.lower() in ALONE:
            facts.append(fact_of(plain))
            continue
        doer = doer_of(asked["verb"])
        is_named = any(map(is_person, who)) and (len(who) > 1 or verb_of(asked["verb"]) in {"do", "handle", "deal"})
        is_its_deed = doer in who or record_of(asked["verb"]) == record or doer == "person"
        is_known = does_it(asked["verb"], before) or (is_named and is_its_deed)
        if not doer:
            facts.append(plain)
        elif not is_known:
            people.append(doer)
    return facts, people


def fact_of(asked: str) -> str:
    """Return what is asked of a deed as a fact of it."""
    if wrong := WRONG.fullmatch(asked):
        return f"what {wrong['is'].lower()} {wrong['how'].lower()}"
    if could := COULD.fullmatch(asked):
        return f"whether it was {could['done'].lower()}{could['rest'] or ''}"
    if shape := SHAPE.fullmatch(asked):
        return f"a {shape['noun'].lower()}"
    if state := STATE.fullmatch(asked):
        return f"{a(state['what'].lower())} {state['state'].lower()} (yes/no)"
    return "a result" if CAME_OUT.fullmatch(asked) else ALONE.get(asked.lower(), asked)


def wished(found: re.Match[str], text: str) -> str | None:
    """Return "we want to know what was brought, who worked on it" as facts of what was done last."""
    before = text[: found.start()]
    if asks_otherwise(found["facts"]):
        return None
    record, who = record_before(before)
    thing = "" if record else thing_before(before)
    told: list[str] = []
    if not record and thing:
        record = of_thing(found["facts"])
        told = [f"Each {record} belongs to {a(thing)}"] if record else []
    read = facts_of(found["facts"], before, record, who) if record else None
    if read is None or not (read[0] or read[1]):
        return None
    return put_apart(found, text, *told, *as_said_of(record, *read, is_new=bool(told)))


def of_thing(facts: str) -> str:
    """Return the record of what is done to a thing time and again, by who does it: "who tested it" is a test."""
    doers = [asked["verb"] for part in PARTING.split(facts) if (asked := WHO.fullmatch(part.strip(" ,")))]
    records = [noun_of(verb) or (RECORDS.get(verb_of(verb), "") if verb_of(verb) != "work" else "") for verb in doers]
    return next(filter(None, records), "")


def as_said_of(record: str, facts: list[str], people: list[str], *, is_new: bool) -> list[str]:
    """Return what a record has and names, each in a sentence; what is lent or tested has its dates too."""
    has_date = any(re.match(r"when\b|a date", fact, re.IGNORECASE) for fact in facts)
    dates = dates_of(record)
    dates = ([] if has_date else ["a date"]) if is_new else dates
    said = [f"Each {record} belongs to {listed(map(a, dict.fromkeys(people)))}"] if people else []
    every = [*dates, *(fact for fact in facts if not (dates and RETURNED.fullmatch(fact) and record in BORROWED))]
    return [*said, *([f"{a(record).capitalize()} has {listed(every)}"] if every else [])]


def dates_of(record: str) -> list[str]:
    """Return the dates that a deed's record has by itself; it ends, or comes back, only later."""
    return [f"an optional {spoken(name)}" if later else spoken(name) for name, later in EVENT_FIELDS.get(record, ())]


def done_often(found: re.Match[str], text: str) -> str | None:
    """Return "each hose has a number and is tested once a year; we want to see who tested it" as tests of a hose."""
    thing, done = one(found["thing"]), found["done"].lower()
    record = gerund_of(done)
    read = facts_of(found["facts"], text[: found.start()], record, []) if record else None
    if read is None or is_somebody(thing) or asks_otherwise(found["facts"]):
        return None
    before = f"Each {thing} {found['verb']} {found['has']}" if found["has"] else ""
    told = [before] if before else []
    told += [f"Each {record} belongs to {a(thing)}", *as_said_of(record, *read, is_new=True)]
    told.append(f"Every {thing} must be {done} {found['often'].lower()}")
    return put_apart(found, text, *told)


def brought_to_fix(found: re.Match[str], text: str) -> str | None:
    """Return "visitors bring broken things and volunteers fix them" as repairs of both."""
    who, other, record = one(found["who"]), one(found["other"]), record_of(found["verb"])
    if not record or not (is_person(who) and is_person(other)):
        return None
    thing = "" if re.fullmatch(THINGS, found["what"], re.IGNORECASE) else one(found["what"])
    if thing and (found["way"].lower() == "bring" or is_person(thing)):
        return None
    if thing:
        return put_apart(
            found, text, f"Each {thing} belongs to {a(who)}", f"Each {record} belongs to {a(thing)} and {a(other)}"
        )
    is_told = re.search(r"\bwhat (?:was|is|has been) (?:brought|handed in|left|given)", text, re.IGNORECASE)
    facts = [] if is_told else [f"{a(record).capitalize()} has a description"]
    return put_apart(found, text, f"Each {record} belongs to {a(who)} and {a(other)}", *facts)


def has_somebody(found: re.Match[str], text: str) -> str | None:
    """Return "every plant stands in a room and has somebody who waters it" as a plant that has a caretaker."""
    thing = one(found["thing"])
    doers = [doer_of(said["verb"]) for said in SOMEBODY_WHO.finditer(found["people"])]
    if is_somebody(thing) or not all(doers):
        return None
    before = re.sub(r",?(?:\s+and)?\s*$", "", found["before"])
    told = [f"Each {thing} {before}"] if before else []
    link = "may belong" if found["may"] else "belongs"
    return put_apart(found, text, *told, f"Each {thing} {link} to {listed(map(a, dict.fromkeys(doers)))}")


SOMEBODY = r"(?:somebody|someone|a person|one person|a man or woman)"
DOES = DEED.replace("?P<verb>", "")
DOING = (
    rf"(?:is |are |always |usually )?{DOES}(?: (?:it|them))?"
    r"(?: (?:when|during|in|on|at|every|each) [a-z ]+?)?"
)
SOMEBODY_WHO = regex(rf"{SOMEBODY} (?:who|that) (?:always |usually |is )?{DEED}", re.IGNORECASE)
PEOPLE = rf"{SOMEBODY} (?:who|that) {DOING}(?:,? and {SOMEBODY} (?:who|that) {DOING})?"

WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}(?:an?|each|every) (?P<thing>{TERM}) (?P<before>[^.;:!?\n]*?)"
                rf"(?P<may>may )?(?:\b(?:has|have|with)|\band) (?P<people>{PEOPLE}){END}"
            ),
            has_somebody,
        ),
        (
            (
                rf"{BEGIN}(?P<who>people|an? {WORD}|{MANY}) (?P<way>bring|hand|leave|drop)s?(?: in| us| off)? "
                rf"(?P<what>{THINGS}|{WORD}s)(?: in| to us)?(?: (?:that |which )?they "
                r"(?:no longer|don't) [a-z]+(?: any more)?)?,?(?: and| which| that)? "
                rf"(?P<other>(?:an?|our|the) {WORD}|our {WORD}s|{WORD}s) (?:then )?(?:try to )?"
                rf"(?P<verb>[a-z]+)(?: (?:each of |all of )?them| it)?(?=\s*(?:[.,;!?\n]|$))"
            ),
            brought_to_fix,
        ),
        (
            (
                rf"{SENTENCE}(?:an?|each|every) (?P<thing>{TERM}) (?:(?P<verb>has|belongs|sits|stands|hangs|lies) "
                rf"(?P<has>[^.;:!?\n]+?),? and )?(?:is|gets) (?P<done>[a-z]+ed) (?P<often>{OFTEN})[.;,]\s+(?:and )?"
                rf"{WISH} (?P<facts>{ASKED}[^.;:!?\n]+){END}"
            ),
            done_often,
        ),
        (rf"{BEGIN}{WISH} (?P<facts>{ASKED}[^.;:!?\n]+){END}", wished),
    )
)
"""Ways of telling what is to be known of what is done, and what says it plainly."""


def in_plain_wishes(text: str) -> str:
    """Return a text with what is to be known of what is done said as facts of its record."""
    return rewritten(text, WAYS)
