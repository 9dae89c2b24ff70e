"""Says plainly what people ask for and report: "people ask for a date and we say yes or no", "teachers report when …".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: what is asked for is a
request with its status, what is reported a report, and what is done to it then are its states.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, listed, one
from bot.planning.built_in.words.participles import participle, third
from bot.planning.built_in.words.people_words import GROUPS
from bot.planning.built_in.words.rewriting import END, MANY, PAUSE, SENTENCE, TERM, THEN, WORD, Ways, rewritten
from bot.planning.built_in.words.vocabulary import UNCOUNTED, a, has_plural, singular, word_set

__all__ = ["in_plain_asking"]

WHO = rf"(?P<who>people|(?:an?|each|every|our) {WORD}|(?:our )?{MANY})"
LENDS = r"(?:lends? out|rents? out|hires? out|lets? out|lends?|rents?|lets?)"
SIZES = r"(?:(?:small|big|large|old|new|little|own|great|main|two|three|four|five|\d+) )*"
MASS = word_set("equipment furniture machinery material gear kit space land ground money water wood sand crockery")
MOMENT = (
    r"(?:date|day off|day|evening|afternoon|morning|night|weekend|week|time|slot|time slot|day and time|date "
    r"and time|hour|"
    r"period|saturday|sunday)"
)
ASKS = r"(?:asks? for|requests?|appl(?:y|ies) for|wish(?:es)? for|enquires? about|inquires? about)"
ASKERS = GROUPS | word_set("club school company society association firm business organisation organization choir band")
VERDICTS = {
    "say yes": "accepted", "says yes": "accepted", "no": "declined", "agree": "accepted", "agrees": "accepted",
    "disagree": "declined", "disagrees": "declined",
}  # fmt: skip
YES = r"(?:says? yes|agrees?|accepts?|approves?|confirms?|grants?|allows?)"
NO = r"(?:no|disagrees?|refuses?|declines?|rejects?|denies|deny|cancels?)"
DECIDES = (
    rf"(?:we|i|(?:the|our|an?|their) (?P<judge>{TERM})) "
    r"(?:(?:look|check|talk|think|decide|meet|go)[a-z]*(?: [a-z]+){0,4} and )?(?:then )?"
    rf"(?P<yes>{YES})(?: (?:to )?(?:it|them))? or (?:say )?(?P<no>{NO})(?: (?:it|them))?"
)
DECIDED_LATER = regex(rf"\b{DECIDES}\b", re.IGNORECASE)
NEAR = 250
"""Characters within which it is told what becomes of what somebody asks for."""
LENT = regex(rf"(?:^|[.!?]\s+|\n\s*)we keep (?P<many>[a-z -]+?s){END}", re.IGNORECASE)
REQUEST = regex(r"\beach (?P<record>booking|request|reservation) belongs to\b", re.IGNORECASE)
LENT_RECORD = regex(
    r"\beach (?P<record>booking|request|reservation|loan|rental|hire|order) belongs to\b", re.IGNORECASE
)
ANIMALS = word_set("dog cat horse pony rabbit animal pet bird kitten puppy")
REPORTED = regex(r"\beach (?P<record>report|complaint|ticket|case) belongs to\b", re.IGNORECASE)
SOMETHING = (
    r"(?:something|anything|things|one of (?:the|our) (?P<several>[a-z]+s)|(?:an?|the|any) (?P<thing>" + WORD + r"))"
)
AMISS = (
    r"(?:is|are|was|has|have|does not|doesn't|do not|don't|isn't|aren't|needs?|breaks?|leaks?|fails?|stops?|goes|"
    r"gets?|went|broke|hurts?|smells?|looks?|seems?|won't|will not)"
)
NAMED_KINDS = {
    "urgent": "urgency", "bad": "severity", "serious": "severity", "severe": "severity", "dangerous": "severity",
    "important": "importance", "big": "size", "often": "frequency",
}  # fmt: skip
HOW = regex(rf"how (?P<how>{'|'.join(NAMED_KINDS)}) (?:it|this|that) is", re.IGNORECASE)
STEP = (
    r"(?P<{0}>[a-z]+s)(?: (?:it|them|(?:the|that) [a-z]+))?(?: (?P<{0}_way>over|up|on|back|down|in|into|at|off|out))?"
    r"(?: (?:it|them|(?:the )?[a-z]+))?"
)


def put(found: re.Match[str], text: str, *said: str) -> str:
    """Return a text with sentences in the place of a clause, whatever stood before it."""
    begin = found["begin"] if re.fullmatch(r"|[.!?]\s+|\n\s*", found["begin"]) else ". "
    rest = text[found.end() :]
    joint = re.match(r",?\s+and\s+(?:then\s+)?(?=\S)|,\s+(?:then\s+)?(?=\S)", rest)
    rest = f". {rest[joint.end()].upper()}{rest[joint.end() + 1 :]}" if joint else rest
    return f"{text[: found.start()]}{begin}{'. '.join(said)}{rest}"


def lent_out(found: re.Match[str], text: str) -> str | None:
    """Return "our parish lends out its hall" as the halls that are kept."""
    what = found["what"].lower()
    if is_person(what) or (found["who"] and is_lender(found["who"], text)):
        return None
    last = what.split()[-1]
    if last in UNCOUNTED - MASS:
        is_in_pieces = re.search(r"\b(?:an?|each|every) (?:piece|item|part|copy)\b", text, re.IGNORECASE)
        return None if is_in_pieces else put(found, text, f"We lend {what}")
    many = f"{what} items" if last in MASS else what if has_plural(what) else plural(what)
    return put(found, text, f"We keep {many}")


def is_lender(noun: str, text: str) -> bool:
    """Tell whether who lends something out is somebody, of whom there may be many, and no house."""
    is_told = re.search(rf"\b(?:each|every|an?) {noun}\b|\b{plural(noun)}\b", text, re.IGNORECASE)
    return (is_person(noun) and noun.rsplit(maxsplit=1)[-1] not in GROUPS) or is_told is not None


def asked(found: re.Match[str], text: str) -> str | None:
    """Return "people ask for a date", where it is told what is decided, as requests with a date."""
    before = text[: found.start()]
    lent = [singular(one_lent["many"].lower()) for one_lent in LENT.finditer(before)]
    is_decided = DECIDED_LATER.search(text, found.end(), found.end() + NEAR) is not None
    what = (found["what"] or "").lower()
    moment = (found["moment"] or "").lower()
    is_known = what in ANIMALS or (bool(what) and re.search(rf"\beach {what} (?:has|belongs)\b", text, re.IGNORECASE))
    is_thing = bool(moment) and re.search(rf"\b(?:an?|each|every) {moment} (?:has|is|belongs)\b", text, re.IGNORECASE)
    who = one(found["who"])
    if not is_decided or not (moment or is_known) or is_thing or not (is_person(who) or who in ASKERS):
        return None
    record = "booking" if re.search(r"\bbookings?\b", text, re.IGNORECASE) else "request"
    ends = [who, *([what] if what else lent[-1:])]
    told = f"Each {record} belongs to {listed(map(a, ends))}"
    fact = "a date and time" if "time" in moment or moment in {"slot", "hour"} else "a date"
    return put(found, text, told, *([f"{a(record).capitalize()} has {fact}"] if moment else []))


def decided(found: re.Match[str], text: str) -> str | None:
    """Return "we look at the calendar and say yes or no" as what becomes of what was asked for."""
    asked_for = [one_asked["record"].lower() for one_asked in REQUEST.finditer(text, 0, found.start())]
    if not asked_for:
        return None
    record, judge = asked_for[-1], (found["judge"] or "").lower()
    yes, no = (VERDICTS.get(found[part].lower()) or participle(third(found[part])) for part in ("yes", "no"))
    who = [f"{a(record).capitalize()} may belong to {a(judge)}"] if judge and is_person(judge) else []
    return put(found, text, *who, f"{a(record).capitalize()} is requested, then {yes} or {no}")


def noted_back(found: re.Match[str], text: str) -> str | None:
    """Return "when it comes back we note what is missing" as facts of what was lent last."""
    lent = [one_lent["record"].lower() for one_lent in LENT_RECORD.finditer(text, 0, found.start())]
    return put(found, text, f"{a(lent[-1]).capitalize()} has {found['facts']}") if lent else None


def reported(found: re.Match[str], text: str) -> str | None:
    """Return "teachers report when something in a classroom is broken, with a photo" as reports of both."""
    who = one(found["who"])
    if not is_person(who):
        return None
    record = "complaint" if found["verb"].lower().startswith("complain") else "report"
    thing = singular((found["thing"] or found["several"] or "").lower())
    place = (found["place"] or "").lower()
    ends = [who, *filter(None, [thing, "" if thing else place])]
    said = (found["facts"] or "").strip(" ,")
    facts = [
        named(fact) for fact in re.split(r",\s*(?:and\s+)?|\s+and\s+(?=an?\s|the\s|how\s|what\s|where\s|when\s)", said)
    ]
    is_described = re.search(r"\b(?:description|what is wrong|text|message|comment)\b", said, re.IGNORECASE)
    facts = [*([] if is_described else ["a description"]), *filter(None, facts)]
    told = [f"Each {thing} belongs to {a(place)}"] if thing and place else []
    told.append(f"Each {record} belongs to {listed(map(a, dict.fromkeys(ends)))}")
    return put(found, text, *told, f"{a(record).capitalize()} has {listed(facts)}")


def named(fact: str) -> str:
    """Return "how urgent it is" as an urgency; every other fact as it is."""
    how = HOW.fullmatch(fact.strip())
    return a(NAMED_KINDS[how["how"].lower()]) if how else re.sub(r"^short\s+", "", fact.strip())


def steps_of(found: re.Match[str], text: str) -> str | None:
    """Return "the caretaker takes it over, fixes it and closes it" as the states of what was reported last."""
    before = text[: found.start()]
    things = [one_told["record"].lower() for one_told in REPORTED.finditer(before)]
    who = one(found["who"])
    if not things or not is_person(who):
        return None
    record = things[-1]
    if re.search(rf"\b{record} (?:is|has a status)\b|\bstatus of (?:an?|the|each) {record}\b", text, re.IGNORECASE):
        return None
    parts = [part for part in ("first", "second", "third") if found[part]]
    states = [state_of(found[part].lower(), (found[f"{part}_way"] or "").lower()) for part in parts]
    begin = "reported" if record == "report" else "open"
    way = f"{a(record).capitalize()} is {', then '.join([begin, *states])}"
    return put(found, text, f"{a(record).capitalize()} may belong to {a(who)}", way)


def state_of(verb: str, way: str) -> str:
    """Return what something is once a verb was done to it: "taken over"; who looks at something has checked it."""
    return "checked" if (verb, way) == ("looks", "at") else f"{participle(verb)} {way}".strip()


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}(?:we|(?:our|the|my) (?P<who>{TERM})) (?:also )?{LENDS} (?:its|our|their|the) {SIZES}"
                rf"(?P<what>{WORD}(?: {WORD})??){END}"
            ),
            lent_out,
        ),
        (
            (
                rf"{THEN}{WHO} (?:can |may )?(?:(?:come|call|write|phone)(?: us)? and )?{ASKS} (?:an?|their|one|some) "
                rf"(?:(?:certain|specific|free|particular) )?(?:(?P<moment>{MOMENT})|(?P<what>{WORD})){PAUSE}"
            ),
            asked,
        ),
        (rf"{THEN}{DECIDES}{PAUSE}", decided),
        (
            (
                rf"{THEN}(?:when|once|as soon as|after) (?:it|they|everything|all of it) "
                r"(?:comes? back|(?:is|are|was|were) (?:back|returned|brought back)|returns?),? "
                r"(?:we|i|somebody|someone) "
                r"(?:also )?(?:note|check|write down|record|note down|log|mark|see) "
                rf"(?P<facts>(?:what|whether|how|who|when|the|an?) [^.;!?\n]+){END}"
            ),
            noted_back,
        ),
        (
            (
                rf"{THEN}{WHO} (?:can |may |must |should )?"
                r"(?P<verb>reports?|complains?|tells? us|lets? us know|notif(?:y|ies) us) "
                rf"(?:when|whenever|if|that|where) {SOMETHING}(?: (?:in|on|at|of|with) "
                rf"(?:(?:an?|one of (?:the|our)|their) (?P<place>{WORD})|(?:the|our) {WORD}))? (?:there )?{AMISS}\b"
                r"(?: (?!with\b|and\b)[a-z']+|, (?:too )?[a-z]+(?= or\b)|,? or\b|, too\b)*?"
                r"(?:,? (?:with|together with|along with|saying|giving|stating|and say|and tell us|and note) "
                rf"(?P<facts>[^.;!?\n]+))?{END}"
            ),
            reported,
        ),
        (
            (
                rf"{SENTENCE}(?P<who>(?:an?|the|our|one of our) {TERM}) (?:then )?{STEP.format('first')}"
                rf"(?:, (?:then )?{STEP.format('second')})?,? (?:and|then|and then) {STEP.format('third')}{END}"
            ),
            steps_of,
        ),
    )
)
"""Ways of telling what is asked for and reported, and what says it plainly."""


def in_plain_asking(text: str) -> str:
    """Return a text with what is asked for and reported said in sentences of one fact each."""
    return rewritten(text, WAYS)
