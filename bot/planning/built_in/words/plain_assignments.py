"""Says plainly who and what is put on a job: "a mechanic gets the job", "two workers and one van are assigned to it".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: one of a kind is what the
job belongs to, several of a kind stand beside it, and how many there must be is said as a rule of its own.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.plain_commissions import handed_before
from bot.planning.built_in.words.plain_counts import subject_before
from bot.planning.built_in.words.rewriting import (
    END,
    NUMBER,
    STATEMENT,
    TERM,
    THEN,
    WORD,
    Ways,
    replaced,
    rewritten,
    topic,
)
from bot.planning.built_in.words.vocabulary import a, has_plural, word_set

__all__ = ["in_plain_assignments"]

LATER = r"(?P<begin>,\s+(?:and\s+|so\s+|then\s+|and\s+then\s+)?|\s+and\s+(?:then\s+)?)"
JOBS = (
    r"(?:job|order|task|case|request|commission|assignment|ticket|project|shift|delivery|repair|translation|enquiry|"
    r"inquiry|complaint|claim|report|application|booking|appointment|tour|incident|file|mandate|call|work order)"
)
SOMEBODY = rf"(?:one of our|an?|one|exactly one|our|the) (?P<who>{TERM})"
GETS = (
    r"(?:takes? on|takes? over|takes?|handles?|picks? up|gets?|(?:is|are) (?:then )?(?:given|assigned|allotted|handed)|"
    r"(?:is|are) put on|works? on|carries out|does|deals? with|looks? after|is responsible for|accepts?)"
)
PASSED = (
    r"(?:goes to|(?:is|gets) (?:then )?(?:given|handed|passed|handed over|passed on|"
    r"given over|sent on|forwarded) to)"
)
LEAST = r"(?:at least|no fewer than|no less than|a minimum of)"
MOST = r"(?:at most|up to|no more than|not more than|a maximum of)"
COUNT = (
    rf"(?:(?:{LEAST}|{MOST}|exactly|usually|always) )?{NUMBER}(?: or more|(?: (?:to|or) {NUMBER}))?|an?|several|some|"
    r"a few|a couple of|many|one or more"
)
PART = rf"(?:{COUNT}) {TERM}"
PARTS = rf"(?P<parts>{PART}(?:, {PART})*(?:,? and {PART})?)"
PUT = (
    r"(?P<put>(?:is|are|get|gets|must be|have to be|has to be) (?:always |then )?"
    r"(?:assigned|allocated|allotted|put|planned|scheduled|detailed)) (?:to|on|for)"
)
ASSIGNED = r"(?:always |then )?(?:assigned|allocated|allotted)"
ASSIGN = r"(?:always |then )?(?:assign|allocate|allot)"
ONE_THING = rf"(?:exactly one|an?|one)(?: of our)? (?P<what>{TERM})"
WHAT = rf"(?:(?P<it>it|this|them)|(?:each|every|an?|the|one) (?P<thing>{TERM}))"
NEEDING = r"(?:needs|requires|takes|is given|gets|is done by|is carried out by|is crewed by|is staffed by)"
ONE = regex(r"(?:(?:exactly|usually|always) )?(?:one|an?|1)", re.IGNORECASE)
LOOSE = regex(r"several|some|a few|a couple of|many|one or more|(?:usually|always) .+", re.IGNORECASE)
COUNTED = regex(rf"(?P<count>{COUNT}) (?P<noun>{TERM})", re.IGNORECASE)
OF_EACH = regex(rf"\b(?:of|for|about) (?:each|every|an?|the) (?P<whole>{WORD})\s*$", re.IGNORECASE)
"""What the clause right before tells of, for which somebody gets the job."""
ITS_NAMES = word_set("job case order task commission assignment")
NO_STAFF = word_set(
    "minute hour day night week month year time second euro dollar pound litre metre kilo kilogram gram stamp "
    "place seat point attempt signature copy"
)
"""What a job may need without that anything is put on it."""


def is_spoken_of(job: str, others: str) -> bool:
    """Tell whether a job is told of elsewhere in a text."""
    return re.search(rf"\b{re.escape(job)}(?:s|e?s)?\b", others, re.IGNORECASE) is not None


def handed_on(found: re.Match[str], text: str) -> str | None:
    """Return ", and a mechanic gets the job" as the mechanic whom the job may name, and what came in for it."""
    who, job = one(found["who"]), one(found["job"])
    if not is_person(who) or is_person(job):
        return None
    others = f"{text[: found.start()]}. {text[found.end() :]}"
    _, what = handed_before(text[: found.start()])
    is_owned = re.search(rf"\b{job} belongs to\b", others, re.IGNORECASE) is not None
    about = OF_EACH.search(text[: found.start()])
    whole = what or (one(about["whole"]) if about and not is_spoken_of(job, others) else "")
    came_in = [f"Each {job} belongs to {a(whole)}"] if whole and whole != job and not is_owned else []
    if not came_in and not is_spoken_of(job, others) and job not in ITS_NAMES:
        return None
    return replaced(found, text, *came_in, f"{a(job).capitalize()} may belong to {a(who)}")


def put_on(found: re.Match[str], text: str) -> str | None:
    """Return "two workers and one van are assigned to each job" as a job of a van and several workers."""
    named = found.groupdict()
    thing = one(named["thing"]) if named["thing"] else told_last(text[: found.end("begin")])
    parts = [(part["count"].lower(), part["noun"]) for part in COUNTED.finditer(found["parts"])]
    nouns = [one(noun) for _, noun in parts]
    if not thing or thing in nouns or is_person(thing) or {noun.split()[-1] for noun in nouns} & NO_STAFF:
        return None
    if "put" not in named and not (len(nouns) > 1 and any(map(is_person, nouns))):
        return None
    told, rules = [], []
    for (count, noun), single in zip(parts, nouns, strict=True):
        if ONE.fullmatch(count):
            told.append(f"Each {thing} belongs to {a(single)}")
            continue
        if not has_plural(noun.lower()):
            return None
        told.append(f"Each {thing} belongs to several {noun.lower()}")
        rules += [] if LOOSE.fullmatch(count) else [how_many(f"{count} {noun.lower()}", thing, is_put="put" in named)]
    if all(sentence in text for sentence in told):
        return None
    return replaced(found, text, *told, *rules)


def how_many(counted: str, thing: str, *, is_put: bool) -> str:
    """Return the rule that a thing has so many, in words near those that were said: a quote of it finds them."""
    if re.match(MOST, counted):
        return f"There may be {counted} per {thing}"
    return f"There must be {counted} {'assigned ' if is_put else ''}per {thing}"


def assigned_to_each(found: re.Match[str], text: str) -> str | None:
    """Return "a room is assigned to each guest" as that each guest has one room, whatever else a room is for."""
    what, whom = one(found["what"]), one(found["whom"])
    others = f"{text[: found.start()]}. {text[found.end() :]}"
    is_owned = re.search(rf"\b(?:each|every|an?) {re.escape(what)} belongs to {a(whom)}\b", others, re.IGNORECASE)
    if not what or not whom or what == whom or is_owned:
        return None
    return replaced(found, text, f"Each {whom} belongs to {a(what)}")


def told_last(before: str) -> str:
    """Return what the sentence right before tells of: who is put on "it" is put on that."""
    last = before.rstrip().rstrip(".;!?")
    return subject_before(last, len(last)) or topic(before)


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (rf"{LATER}{SOMEBODY} {GETS} (?:the|each|every|this) (?P<job>(?:{WORD} )?{JOBS}){END}", handed_on),
        (
            (
                rf"{THEN}(?:the|each|every|this) (?P<job>(?:{WORD} )?{JOBS}) (?:then )?{PASSED} "
                rf"(?:one of our|an?|one|our) (?P<who>{TERM}){END}"
            ),
            handed_on,
        ),
        (rf"{STATEMENT}{ONE_THING} (?:is|gets) {ASSIGNED} to (?:each|every) (?P<whom>{TERM}){END}", assigned_to_each),
        (rf"{STATEMENT}(?:each|every) (?P<whom>{TERM}) (?:is|gets) {ASSIGNED} {ONE_THING}{END}", assigned_to_each),
        (
            rf"{STATEMENT}for (?:each|every) (?P<whom>{TERM}),? {ONE_THING} (?:is|gets) {ASSIGNED}{END}",
            assigned_to_each,
        ),
        (
            (rf"{STATEMENT}(?:we|i) {ASSIGN} {ONE_THING} to (?:each|every) (?P<whom>{TERM}){END}"),
            assigned_to_each,
        ),
        (rf"{THEN}{PARTS} {PUT} {WHAT}{END}", put_on),
        (rf"{THEN}(?:we|i) (?:always |then )?(?P<put>assign|allocate|put) {PARTS} (?:to|on) {WHAT}{END}", put_on),
        (rf"{STATEMENT}(?:each|every|an?) (?P<thing>(?:{WORD} )?(?!shift){JOBS}) {NEEDING} {PARTS}{END}", put_on),
    )
)
"""Ways of telling who and what is put on a job, and what says it plainly."""


def in_plain_assignments(text: str) -> str:
    """Return a text with who and what is put on a job said in sentences of one fact each."""
    return rewritten(text, WAYS)
