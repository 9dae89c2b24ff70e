"""Says in sentences of one fact each what is the custom of a house: "the choir rehearses every Tuesday".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import belonging, having, is_person, noun_of, one
from bot.planning.built_in.words.doing_verbs import base_of_deed, record_of_deed
from bot.planning.built_in.words.plain_trades import AT_TIMES, HOUSE, JOBS, OFTEN, told_in
from bot.planning.built_in.words.rewriting import END, SENTENCE, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, word_set

__all__ = ["in_plain_customs"]

MANY = rf"(?:{WORD} )??[a-z][a-z-]+s|people|children"
MEETINGS = {
    "rehearses": "rehearsal", "rehearse": "rehearsal", "trains": "training", "train": "training", "meets": "meeting",
    "meet": "meeting", "practises": "practice", "practices": "practice", "practise": "practice",
    "performs": "performance",
}  # fmt: skip
STAYING = {"stay": "stay", "sleep": "stay", "spend the night": "stay", "stay the night": "stay", "camp": "stay",
           "stay overnight": "stay", "train": "training", "work out": "training", "park": "parking", "dine": "visit",
           "eat": "visit", "swim": "visit"}  # fmt: skip
"""What somebody does at a house, and the record of it."""
LOOKS = {"looks at": "inspection", "looks over": "inspection", "goes over": "inspection", "comes to see": "visit",
         "visits": "visit", "checks": "check", "inspects": "inspection", "examines": "examination"}  # fmt: skip
FOUND = regex(r"\bwhat (?:was|is|they|he|she|has been) (?:found|seen|noticed|finds?|sees?|notices?)\b", re.IGNORECASE)
STAYS = "|".join(sorted(STAYING, key=len, reverse=True))
MAKES = (
    r"(?:sews?|makes?|bakes?|builds?|prints?|designs?|do|does|knits?|cooks?|paints?|binds?|brews?|carves?|forges?|"
    r"weaves?|tailors?|arranges?|translates?|produces?)"
)
NOTING = r"(?:notes?|records?|writes? down|logs?|enters?)(?: down)?"
NO_WHOM = word_set("example instance year week month day hour time sale hire rent free fun charity money each all")


def meets_often(found: re.Match[str], text: str) -> str | None:
    """Return "the parish choir rehearses in the chapel every Tuesday" as rehearsals, each with a date."""
    record = MEETINGS[found["verb"].lower()]
    spoken = re.search(rf"\b{record}s?\b|whether they|who (?:came|comes|was)", text[found.end() :], re.IGNORECASE)
    if record in told_in(text) or not spoken:
        return None
    return replaced(found, text, having(record, ["a date"]))


def says_whether(found: re.Match[str], text: str) -> str | None:
    """Return "singers tell us beforehand whether they come" as the attendance of each singer at what was told of."""
    who = one(found["who"])
    told = [noun for noun in MEETINGS.values() if re.search(rf"\ba {noun} has\b", text[: found.start()], re.IGNORECASE)]
    if not told or not is_person(who):
        return None
    facts = having("attendance", ["whether it is confirmed"])
    return replaced(found, text, belonging("attendance", [told[-1], who]), facts)


def looked_at_often(found: re.Match[str], text: str) -> str | None:
    """Return "twice a year an inspector looks at every hive and notes the weight" as inspections of hives."""
    who, what, verb = one(found["who"]), one(found["what"]), found["verb"].lower()
    record = LOOKS.get(verb) or noun_of(verb) or record_of_deed(base_of_deed(verb))
    if not is_person(who) or not record or not (LOOKS.get(verb) or base_of_deed(verb)) or what == who:
        return None
    facts = ["a date"] if record not in told_in(text) else []
    noted = [FOUND.sub("findings", found["facts"])] if found["facts"] else []
    has = [having(record, [*facts, *noted])] if facts or noted else []
    duty = f"Every {what} must have {a(record)} {found['often'].lower()}"
    return replaced(found, text, belonging(record, [what, who]), *has, duty)


def taken_and_done(found: re.Match[str], text: str) -> str | None:
    """Return "the archive gets photographs from families and scans them" as scans of photographs of families."""
    what, whose, base = one(found["what"]), one(found["whose"]), base_of_deed(found["verb"])
    record = record_of_deed(base) if base else ""
    if not record or is_person(what) or record in {what, whose} or what == whose:
        return None
    date = [] if record in told_in(text) else [having(record, ["a date"])]
    return replaced(found, text, belonging(what, [whose]), belonging(record, [what]), *date)


def stays_with_us(found: re.Match[str], text: str) -> str | None:
    """Return "hikers stay the night in our hut" as stays of hikers."""
    record, who = STAYING[" ".join(found["verb"].lower().split())], one(found["who"])
    told = told_in(text)
    if who == record or (record not in told and record != "stay"):
        return None
    facts = [] if record in told else [having(record, ["a start date", "an end date"])]
    rest = [capital(found["rest"])] if found["rest"] else []
    return replaced(found, text, belonging(record, [who]), *facts, *rest)


def made_for(found: re.Match[str], text: str) -> str | None:
    """Return "our tailors sew uniforms for bands and clubs", where orders are told of, as whose each order is."""
    told = told_in(text)
    record = next((noun for noun in told if noun in {"order", "commission", "job", "project"}), "")
    whom, other = one(found["whom"]), one(found["other"] or "")
    is_told = {whom, other, one(found["what"])} & told
    if not record or is_told or {whom, other} & NO_WHOM or re.search(rf"\b{record} belongs to\b", text):
        return None
    return replaced(found, text, belonging(record, ["customer" if other else whom]))


def kinds_ordered(found: re.Match[str], text: str) -> str | None:
    """Return "dentists order crowns and bridges for their patients", where jobs are told of, as whose each job is."""
    told = told_in(text)
    record = next((noun for noun in told if noun in JOBS | {"order"}), "")
    kinds = [one(found["what"]), one(found["other"])]
    if not record or told & set(kinds) or not all(map(has_plural, (found["what"].lower(), found["other"].lower()))):
        return None
    whose = [one(found["who"]), *([one(found["whom"])] if found["whom"] else [])]
    return replaced(found, text, belonging(record, whose), having(record, [f"a kind ({', '.join(kinds)})"]))


def must_be_seen(found: re.Match[str], text: str) -> str:
    """Return "which courier has which parcel must be visible" as what we want to know."""
    return replaced(found, text, f"We want to know which {found['asked']}")


def without_relative(found: re.Match[str], text: str) -> str:
    """Return "pieces we are practising have a composer" as what pieces have."""
    return f"{text[: found.end('many')]}{text[found.end('doing') :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}which (?P<asked>{TERM} [a-z ]{{2,20}}? which {TERM}) (?:must|should|has to) (?:always )?"
                r"be (?:visible|clear|known|seen|easy to see)(?: at any (?:moment|time)| at a glance| for everyone)?"
                rf"{END}"
            ),
            must_be_seen,
        ),
        (
            (
                rf"{SENTENCE}(?P<many>(?:the )?(?:{MANY}))(?P<doing> (?:that |which )?(?:we|they|i) "
                r"(?:are |have been |have )?(?:currently |now |just )?[a-z]+(?:ing|ed|s)?)"
                r"(?= (?:have|has) (?:an?|the|their|its)\b)"
            ),
            without_relative,
        ),
        (
            (
                rf"{SENTENCE}(?:the|our|my) {HOUSE} (?P<verb>{'|'.join(MEETINGS)})"
                rf"(?: (?:in|at) (?:the |our |an? )?{TERM})?{AT_TIMES}(?=\s*(?:[.;!?\n]|$)|, and )"
            ),
            meets_often,
        ),
        (
            (
                rf"(?P<begin>^|[.!?;]\s+|\n\s*|, and )(?:the |our |all )?(?P<who>{MANY}) "
                r"(?:tell us|say|let us know|write|report|note)(?: beforehand| before| in advance)? "
                rf"(?:whether|if) they (?:come|can come|will come|are coming|will be there|can make it){END}"
            ),
            says_whether,
        ),
        (
            (
                rf"{SENTENCE}(?P<often>{OFTEN}),? (?:an?|the|our|one of our) (?P<who>{TERM}) "
                r"(?P<verb>looks at|looks over|goes over|comes to see|[a-z]+s) (?:each|every|all the|all) "
                rf"(?P<what>{TERM})(?:,? and (?:then )?{NOTING} (?P<facts>[^.;!?\n]+?))?{END}"
            ),
            looked_at_often,
        ),
        (
            (
                rf"{SENTENCE}(?:we|(?:the|our) {HOUSE}) (?:receives?|gets?|collects?|takes?(?: in)?|buys?) "
                rf"(?P<what>{MANY}) from (?:the |our )?(?P<whose>{MANY}) and (?P<verb>[a-z]+) (?:them|these){END}"
            ),
            taken_and_done,
        ),
        (
            (
                rf"{SENTENCE}(?P<who>{MANY}) (?:can |may )?(?P<verb>{STAYS}) (?:in|at|with|on) "
                rf"(?:us|(?:our|my) {HOUSE})(?:,? {OFTEN})?(?:,? and (?P<rest>(?:each|every|an?) [^.;!?\n]+))?{END}"
            ),
            stays_with_us,
        ),
        (
            (
                rf"{SENTENCE}(?:we|(?:our|the) [a-z]+s|(?:our|my) {HOUSE}) {MAKES} (?P<what>{TERM}) "
                rf"for (?P<whom>{MANY})(?: and (?P<other>{MANY}))?{END}"
            ),
            made_for,
        ),
        (
            (
                rf"{SENTENCE}(?P<who>{MANY}) (?:order|request|commission) (?P<what>{WORD}) and (?P<other>{WORD})"
                rf"(?: for their (?P<whom>{MANY}))?(?: from us)?{END}"
            ),
            kinds_ordered,
        ),
    )
)
"""Ways of telling what is the custom of a house, and what says it plainly."""


def in_plain_customs(text: str) -> str:
    """Return a text with what is the custom of a house said in sentences of one fact each."""
    return rewritten(text, WAYS)
