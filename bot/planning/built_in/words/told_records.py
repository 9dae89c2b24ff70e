"""Says which record is meant where people tell how it comes about: "at each visit, treatments are done".

As in `bot.planning.built_in.words.plain_clauses`, each way of speaking has one meaning only, and is said in words that
readers know.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.documents.naming import plural
from bot.planning.built_in.words.deed_nouns import is_person, noun_of
from bot.planning.built_in.words.rewriting import CLAUSE, END
from bot.planning.built_in.words.vocabulary import a, has_plural, singular, word_set

__all__ = [
    "MANY",
    "NOTING",
    "NOUN",
    "ONE",
    "PAUSE",
    "PEOPLE",
    "RECORDS",
    "Plain",
    "begun",
    "belonging",
]

type Plain = str | Callable[[re.Match[str]], str]
"""What stands in the place of words, or how it is made of them."""
PAUSE = r"(?=\s*(?:[.,;!?\n]|$))"
NOUN = r"[a-z][a-z-]+(?:\s[a-z][a-z-]+)?"
ONE = r"(?:an?|each|every|the|one)"
MANY = r"[a-z][a-z-]*s"
FACTS = r"(?:,? with (?P<facts>[^.;!?\n]+))?"
PEOPLE = r"(?:we|they|people|i|you)"
NOTING = r"(?:note|record|write down|log|keep|track|register|enter)"
EVENTS = (
    r"(?P<many>(?:[a-z]+ )?(?:appointments|lessons|sessions|meetings|visits|consultations|classes|workshops|interviews|"
    r"rounds|matches|games|shifts|trips))"
)
DONE = r"(?:done|made|given|taken|held|played|carried out|written|used|sold|served|recorded|noted|discussed|shown)"
VERBS_TOO = word_set("writes accepts declines reads checks sends makes gets reviews decides takes gives pays works")
LISTS = r"(?:set ?list|list|playlist|play list|line-?up|programme|program|agenda)"


def begun(found: re.Match[str], sentence: str) -> str:
    """Return a sentence in the place of a clause: with a capital letter where the clause begins one."""
    begin = found["begin"]
    starts = not begin.strip(" ") or begin.strip()[-1:] in ".!?"
    return f"{begin}{sentence[:1].upper() if starts else sentence[:1].lower()}{sentence[1:]}"


def belonging(found: re.Match[str], part: str, *wholes: str, facts: str = "") -> str:
    """Return that each of a thing belongs to one of others, and the facts that it has."""
    more = f". {a(part).capitalize()} has {facts}" if facts else ""
    return begun(found, f"{a(part)} belongs to {' and '.join(map(a, wholes))}{more}")


def of_each(found: re.Match[str]) -> str:
    """Return the record of "on each bed we grow a crop …, with …" and "a delivery is made for each customer"."""
    return belonging(found, singular(found["thing"].lower()), found["of"].lower(), facts=found["facts"] or "")


def done_at(found: re.Match[str]) -> str:
    """Return the records of "at each appointment, treatments are done"."""
    return belonging(found, singular(found["many"].lower()), found["of"].lower())


def met_in(found: re.Match[str]) -> str:
    """Return the meeting of "dentists see patients in appointments"."""
    one, other = singular(found["who"].lower()), singular(found["whom"].lower())
    meeting = singular(found["many"].lower())
    length = f". Each {meeting} lasts {found['length']}" if found["length"] else ""
    return belonging(found, meeting, one, other) + length


def came_and_left(found: re.Match[str]) -> str:
    """Return the record of "every day we note when a child comes and when it leaves"."""
    return belonging(found, "attendance", found["of"].lower(), facts="came at and left at")


def listed_for(found: re.Match[str]) -> str:
    """Return the entries of a list that each of a thing has: "for each gig we make a setlist of songs"."""
    entry = f"{found['list'].lower()} entry"
    return belonging(found, entry, found["of"].lower(), singular(found["many"].lower()), facts="a position")


def is_thing(noun: str) -> bool:
    """Tell whether a word in the plural may be things, not people and not what somebody does."""
    return has_plural(noun) and not is_person(noun) and f"{singular(noun)}s" not in VERBS_TOO


def became(found: re.Match[str]) -> str:
    """Return the things that others become: "accepted manuscripts become books with an ISBN"."""
    first, then = singular(found["many"].lower()), singular(found["then"].lower())
    if first == "one":
        before = re.findall(rf"\b(?!is\b|was\b|has\b|us\b)({MANY})\b", found.string[: found.start()], re.IGNORECASE)
        things = [singular(noun.lower()) for noun in before if is_thing(noun.lower())]
        if not things:
            return found[0]
        first = things[-1]
    only = f". Only {found['state'].lower()} {plural(first)} become {found['then'].lower()}" if found["state"] else ""
    return belonging(found, then, first, facts=found["facts"] or "") + only


def hired_for(found: re.Match[str]) -> str:
    """Return the record of "for each wedding we hire several vendors, each for a price"."""
    whom = singular(found["many"].lower())
    return belonging(found, noun_of(found["verb"]), found["of"].lower(), whom, facts=found["facts"])


def given_money(found: re.Match[str]) -> str:
    """Return the donation of "donors give money for a project", and quote how often they do."""
    who = singular(re.sub(r"^an? ", "", found["who"].lower()))
    often = f". A donation is made{found['rest'].removeprefix(',')}" if found["rest"] else ""
    return belonging(found, "donation", who, found["of"].lower(), facts="an amount") + often


def ours(found: re.Match[str]) -> str:
    """Return what whoever speaks has as a thing to keep: "our village has a shared van"."""
    return begun(found, f"we keep {plural(singular(found['what'].lower()))}")


def facts_of_each(found: re.Match[str]) -> str:
    """Return the facts behind several things as those of each: "they report damages, with a photo"."""
    return f"{found['many']}. Each {singular(found['many'].lower())} has {found['facts']}"


ON_EACH = (
    rf"{CLAUSE}(?:on|in|at|for|to) (?:each|every) (?P<of>{NOUN}),? {PEOPLE} "
    r"(?:grow|do|hold|make|have|run|plan|organi[sz]e|plant|breed|raise|give|take|hang|put|carry out)\s+"
    r"(?:an?|one|several|many|some)\s+(?P<thing>[a-z][a-z-]+)(?: per (?:season|day|week|month|year))?"
    rf"{FACTS}{END}"
)
MADE_FOR = (
    rf"{CLAUSE}(?:(?:each|every) (?:day|night|week|month|season|year|time),? )?an? (?P<thing>{NOUN}) "
    r"(?:is|gets) (?:made|done|created|held|written|planned|carried out|recorded|added|opened|sent) "
    rf"for {ONE} (?P<of>{NOUN}){FACTS}{END}"
)
DONE_AT = (
    rf"{CLAUSE}(?:on|in|at|for|during) {ONE} (?P<of>[a-z][a-z-]+(?: (?!several|some|many)[a-z]+)??),? "
    rf"(?:several |some |many )?(?P<many>{MANY}) are {DONE}{PAUSE}"
)
MET_IN = (
    rf"{CLAUSE}(?P<who>{MANY}) (?:can )?(?:see|meet|teach|treat|advise|examine|train|interview|coach) "
    rf"(?P<whom>{MANY}) (?:in|at|during) {EVENTS}(?: of (?P<length>\d+ minutes|an hour|\d+ hours))?{PAUSE}"
)
CAME_AND_LEFT = (
    rf"{CLAUSE}(?:every|each) (?:day|morning|evening|time),? {PEOPLE} {NOTING} when {ONE} (?P<of>{NOUN}) "
    r"(?:comes|arrives|checks in|starts|enters) and (?:when )?(?:it |they |he |she )?"
    rf"(?:leaves|goes|departs|checks out|ends)(?: again)?{END}"
)
LISTED_FOR = (
    rf"{CLAUSE}for (?:each|every) (?P<of>{NOUN}),? {PEOPLE} (?:make|write|keep|plan|put together|have) "
    rf"an? (?P<list>{LISTS}) of (?P<many>{MANY})(?: in (?:an? )?(?:\w+ )?order)?{END}"
)
BECAME = rf"{CLAUSE}(?:an? )?(?:(?P<state>[a-z]+ed) )?(?P<many>{MANY}) become (?P<then>{MANY}){FACTS}{END}"
FOR_EACH = rf"(?P<many>\b{MANY}),? (?:and )?for each (?:one |of them )?{PEOPLE} {NOTING} (?P<facts>[^.;!?\n]+){END}"
WITH_FACTS = (
    rf"(?<!\bfor )(?<!\bin )(?<!\bon )(?<!\bat )(?<!\d )\b(?P<many>(?!this|its|his|always|has|is|was){MANY}),"
    rf" with (?P<facts>(?:an?|the|their) [^.;!?\n]+){END}"
)
PACKED = (
    rf"{CLAUSE}(?P<who>{MANY}) (?P<verb>send|bring|deliver|donate|ship|return)(?: us)? (?!{MANY}\b)[a-z]+ "
    rf"in (?P<many>{MANY})\b"
)
HIRED_FOR = (
    rf"{CLAUSE}for (?:each|every) (?P<of>{NOUN}),? {PEOPLE} (?P<verb>hire|book|rent|order|buy|invite|reserve) "
    rf"(?:several |some |many )?(?P<many>{MANY}),? (?:each )?(?:for|with) (?P<facts>[^.;!?\n]+){END}"
)
GIVEN_MONEY = (
    rf"{CLAUSE}(?P<who>{MANY}|an? [a-z]+) (?:can )?gives? (?:us )?money (?:for|to) (?:an?|the|our|one of the) "
    rf"(?P<of>[a-z]+)(?P<rest>,[^.;!?\n]+)?{END}"
)
OURS = (
    rf"{CLAUSE}our [a-z-]+(?: [a-z-]+)? (?:has|owns|shares|runs|keeps|offers) "
    r"(?:an?|one|two|three|four|five|six|several|some|\d+) (?:(?:shared|common|small|big|old|little|own|public) )?"
    rf"(?P<what>[a-z]+){END}"
)
CALLING = (
    r"\b(?:call|phone|ring|e-?mail|write to|come to|turn to) (?:us|(?:our|the) [a-z-]+(?: [a-z-]+)?) and "
    r"(?=(?:get|make|receive|book|order|have|ask)\b)"
)
DONE_BEFORE = (
    rf"\b({MANY}) (?:which |that )?they (?:have|had) (?:already )?[a-z]+(?:ed|en|wn|pt)\b(?! (?:a|an|the|by|with)\b)"
)
RECORDS: tuple[tuple[str, Plain], ...] = (
    (CALLING, ""),
    (DONE_BEFORE, r"\1"),
    (HIRED_FOR, hired_for),
    (GIVEN_MONEY, given_money),
    (OURS, ours),
    (ON_EACH, of_each),
    (MADE_FOR, of_each),
    (DONE_AT, done_at),
    (MET_IN, met_in),
    (CAME_AND_LEFT, came_and_left),
    (LISTED_FOR, listed_for),
    (BECAME, became),
    (FOR_EACH, r"\g<many> with \g<facts>"),
    (WITH_FACTS, facts_of_each),
    (PACKED, r"\g<begin>\g<who> \g<verb> \g<many>"),
)
"""Ways of telling of a record, and the plain words for each."""
