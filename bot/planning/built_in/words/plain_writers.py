"""Says plainly who notes what about which thing: the details are those of the thing, and who notes them only writes.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, noun_of, one, spoken_of
from bot.planning.built_in.words.plain_occasions import are_facts
from bot.planning.built_in.words.rewriting import BEGIN, END, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, base_verb, has_plural, singular, word_set

__all__ = [
    "ADVERB",
    "FACTS",
    "NOTE",
    "NOUN",
    "OFTEN",
    "WHO",
    "in_plain_writers",
    "is_writer",
    "people_told",
    "thing_told",
]

NOUN = rf"{WORD}(?: {WORD}){{0,2}}?"
WHO = rf"(?P<who>(?:an?|the|our|each|every|all(?: the| our)?|some)? ?{NOUN})"
ADVERB = r"(?:(?:then|also|always|usually|must|should|has to|have to|will|can|first|only|just) )*"
NOTE = r"(?:notes?(?: down)?|writes? down|jots? down|takes? down|records?|logs?|enters?|documents?)"
FACTS = (
    r"(?P<facts>(?:the|an?|its|what|whether|when|where|why|who|which|how (?:many|much|long|far|heavy|old|well)) "
    r"[^.;:!?\n]+?)"
)
GOING_ON = r"(?:(?:at|on|in|after|before|during|when|once|each|every|the|an?|we|they) [a-z]+)"
EACH = r"(?:each|every|any)(?: (?:one|single) of (?:the|our)| of (?:the|our))?"
SAYS = r"(?:says?|shows?|tells?(?: us)?|records?|notes?|names?|states?|lists?)"
THERE = word_set("present absent there here missing")
CAME = word_set("came come attended attend appeared showed")
OFTEN = regex(
    r"\b(?:every|each|per|once a|twice a|times a) "
    r"(?:day|night|week|month|year|hour|season|morning|evening|time|shift)\b|"
    r"\b(?:daily|weekly|monthly|yearly|hourly)\b",
    re.IGNORECASE,
)
"""What is noted again and again makes a record of its own each time."""
AGAIN = regex(r"^(?:(?:the|its|a) )?(?:date|day|time)(?:$|,| and )", re.IGNORECASE)
BARE = regex(rf"(?:(?<=^)|(?<=, )|(?<=and ))the (?P<noun>{WORD}(?: {WORD})?)(?=\s*(?:,|and\b|$))", re.IGNORECASE)
SEVERAL = regex(r"\b(?:enters?|records?|logs?) the [a-z]+s\b", re.IGNORECASE)
"""What is entered one by one is a record of its own: "teachers enter the marks of each pupil"."""
GROUPED = word_set("staff personnel crew team")
VAGUE = word_set("thing stuff object item article")
SUBJECT = regex(
    rf"(?:^|[.;:!?\n]\s*|,\s+(?:and\s+)?)(?:(?:an?|each|every|our|the) (?P<noun>{WORD}(?: {WORD})?)|"
    rf"(?P<many>{WORD}s)) (?:{WORD} (?:in|on|at|by|with|behind|from) (?:our|the|an?) {WORD}s? )?"
    r"(?:is|are|has|have|gets?|comes?|ends?|arrives?|goes|go|belongs?|can|may|must|stands?|lies|hangs?|grows?|lives?|"
    r"sits?|costs?|lasts?|travels?|leaves?)\b",
    re.IGNORECASE,
)
"""A clause that tells something of a thing, which comes in its begin."""
PEOPLE_DO = regex(rf"(?:^|[.;:!?\n]\s*)(?:all |our |the )*(?P<many>{WORD}s) [a-z]+", re.IGNORECASE)


def is_writer(who: str) -> bool:
    """Tell whether words name somebody who may note something: "staff", "the lab assistant"."""
    noun = one(re.sub(r"^(?:all(?: the| our)?|some|our) ", "", who.lower()))
    return is_person(noun) or noun.rpartition(" ")[2] in GROUPED


def thing_told(before: str) -> str:
    """Return the thing, no person, that was told of last: "things left on our trains end up …" are items."""
    told = [
        singular((found["noun"] or found["many"]).lower())
        for found in SUBJECT.finditer(before)
        if found["noun"] or has_plural(found["many"].lower())
    ]
    told = [thing for thing in told if not is_person(thing) and thing.rpartition(" ")[2] not in GROUPED]
    return told[-1] if told else ""


def named_thing(thing: str, text: str) -> str:
    """Return a thing by the name that a text has for what is only called a thing: an item."""
    if thing not in VAGUE:
        return thing
    called = re.search(r"\b(?:an?|the|each|every) (item|article|object|find)\b", text, re.IGNORECASE)
    return called[1].lower() if called else "item"


def facts_of(said: str) -> str:
    """Return facts with what a thing is as its description, and each bare one as one of several: "a colour"."""
    plain = re.sub(r"\bwhat (?:it is|they are)(?=\s*(?:,|and\b|$))", "a description", said.strip(), flags=re.IGNORECASE)
    return BARE.sub(lambda bare: a(bare["noun"]), plain)


def noted_of(found: re.Match[str], text: str) -> str | None:
    """Return "for each item staff note the colour" as the colour of an item."""
    thing = one(found["thing"])
    if not is_writer(found["who"]) or thing == one(found["who"]) or OFTEN.search(found["facts"]):
        return None
    if SEVERAL.search(found[0]) and re.fullmatch(r"the [a-z]+s", found["facts"], re.IGNORECASE):
        return None
    more = [""] if found.groupdict().get("more") else []
    return replaced(found, text, f"{capital(a(named_thing(thing, text)))} has {facts_of(found['facts'])}", *more)


def noted_of_it(found: re.Match[str], text: str) -> str | None:
    """Return "staff note the colour" as the colour of what was told of just before."""
    who, facts = found["who"], found["facts"]
    is_several = has_plural(who.lower()) or one(who).rpartition(" ")[2] in GROUPED or who.lower().startswith("a")
    thing = thing_told(text[: found.start()])
    if not are_facts(facts) or re.match(r"[^,]*\bwith\b", facts):
        return None
    if not thing or not is_several or not is_writer(who) or OFTEN.search(facts) or AGAIN.match(facts):
        return None
    return replaced(found, text, f"{capital(a(named_thing(thing, text)))} has {facts_of(facts)}")


def says_which(found: re.Match[str], text: str) -> str | None:
    """Return "each loan says which school took it, from when until when" as a loan of a school, with these facts."""
    record, who = one(found["record"]), singular(found["by"].lower())
    thing = thing_told(text[: found.start()])
    if is_person(record) or record == who:
        return None
    ends = " and ".join(a(end) for end in dict.fromkeys((thing, who)) if end and end != record)
    more = [f"{capital(a(record))} has {found['rest'].strip()}"] if found["rest"] else []
    return replaced(found, text, f"Each {record} belongs to {ends}", *more)


def people_told(before: str) -> str:
    """Return the people that a text told of last, whom "they" means; or nothing."""
    told = [singular(found["many"].lower()) for found in PEOPLE_DO.finditer(before)]
    told = [who for who in (*spoken_of(before), *told) if is_person(who)]
    return told[-1] if told else ""


def checked_at(found: re.Match[str], text: str) -> str | None:
    """Return "at every evening a nurse notes whether they were accepted" as one row for each donor and evening."""
    parts = found.groupdict()
    event, writer, state = one(found["event"]), one(found["who"]), found["state"].lower()
    whom = singular(parts["whom"].lower()) if parts.get("whom") else people_told(text[: found.start()])
    if not is_writer(found["who"]) or not whom or not is_person(whom) or whom == writer or is_person(event):
        return None
    is_there = state in THERE | CAME
    record = "attendance" if is_there else noun_of(base_verb(state) or state) or "check"
    told = f"Each {record} belongs to {a(whom)} and {a(event)}"
    by = [] if writer.rpartition(" ")[2] in GROUPED else [f"{capital(a(record))} may belong to {a(writer)}"]
    if parts.get("many"):
        return replaced(found, text, told, *by)
    fact = "present" if state in CAME else state
    return replaced(found, text, told, *by, f"{capital(a(record))} has {fact} yes/no")


AT = rf"(?:at|in|on|during|after|before|for) (?:each|every|the|an?) (?P<event>{NOUN}),?"
BE = r"(?:were|was|is|are|has been|have been|got|turned)"
STATE = r"(?P<state>[a-z]+(?:ed|t)|present|absent|there|here|missing|ill|fit|late|paid|chosen|seen)"
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}{AT} {WHO} {ADVERB}(?:{NOTE}|marks?|ticks?(?: off)?|says?|tells?) (?:whether|if) "
                rf"(?:they|he or she|(?:each|every|the|an?) (?P<whom>{WORD}(?: {WORD})?)) "
                rf"{BE} (?:also |actually )?{STATE}{END}"
            ),
            checked_at,
        ),
        (
            (
                rf"{BEGIN}{AT} {WHO} {ADVERB}(?:{NOTE}|marks?|ticks?(?: off)?|says?) (?P<many>which|who of the) "
                rf"(?P<whom>{WORD}s) (?:{BE} )?(?P<state>present|absent|there|here|missing|came|attended){END}"
            ),
            checked_at,
        ),
        (
            rf"{BEGIN}(?:for|of|with|about|from|on) {EACH} (?P<thing>{NOUN}),? {WHO} {ADVERB}{NOTE} {FACTS}{END}",
            noted_of,
        ),
        (
            (
                rf"{BEGIN}{WHO} {ADVERB}{NOTE} {FACTS} (?:of|for|about) {EACH} (?P<thing>{NOUN})"
                rf"(?:(?P<more>,\s+(?:and|but)\s+)(?={GOING_ON})|{END})"
            ),
            noted_of,
        ),
        (
            rf"{BEGIN}{WHO} {ADVERB}{NOTE} {FACTS}{END}",
            noted_of_it,
        ),
        (
            (
                rf"{BEGIN}(?:each|every|the|an?) (?P<record>{WORD}(?: {WORD})?) {SAYS} "
                rf"(?:to )?which (?P<by>{WORD}(?: {WORD})?) "
                r"(?:has |have |had )?[a-z]+ (?:it|them|that one)"
                rf"(?:,? (?:and |with )?(?P<rest>[^.;:!?\n]+?))?{END}"
            ),
            says_which,
        ),
    )
)
"""Ways of telling who notes what, and what says them plainly."""


def in_plain_writers(text: str) -> str:
    """Return a text with what somebody notes of a thing said as what the thing has."""
    return rewritten(text, WAYS)
