"""Says one deed at a time: "gardeners mow lawns and trim hedges", "we spray and prune rows", "when I drink one I note".

What is noted each time makes a record of the deed, named by its noun: a pruning of a row, a tasting of a beer.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import belonging, is_person, one, record_noun
from bot.planning.built_in.words.doing_verbs import base_of_deed, is_deed, record_of_deed
from bot.planning.built_in.words.field_kinds import is_measure, named_kind
from bot.planning.built_in.words.plain_stories import HOUSES
from bot.planning.built_in.words.rewriting import END, STATEMENT, Ways, rewritten
from bot.planning.built_in.words.vocabulary import (
    ARRANGEMENT_NOUNS,
    EVENT_NOUNS,
    OWNING_VERBS,
    a,
    base_verb,
    has_plural,
    word_set,
)

__all__ = ["in_single_deeds", "thing_before"]

WORD = (
    r"(?!(?:we|they|them|it|i|you|he|she|that|which|who|what|when|where|how|and|or|but|if|is|are|was|has|have|can|may|must|"
    r"to|of|in|on|at|by|for|from|with|into|an?|the|each|every|no|not|never|only)\b)[a-z][a-z-]+"
)
ARTICLE = r"(?:(?:an?|the|our|their|all|all the|all our|each|every|some) )?"
NOUN = rf"{WORD}(?: {WORD})?"
WHO = rf"(?P<who>we|i|(?:our |the )?{WORD}s|(?:an?|each|every|one of our) {WORD})"
OFTEN = r"(?:(?:can|may|also|usually|always|often|then|regularly) )*"
DAYS = (
    r"(?:(?:on|in|every|each|at) (?:mon|tues|wednes|thurs|fri|satur|sun|week|birth)?"
    r"(?:days?|ends?|mornings?|evenings?)|"
    r"(?:every (?:(?:other|two|three|four|six|few) )?|"
    r"(?:once|twice|(?:two|three|four|several) times) (?:an?|per|every) )"
    r"(?:hours?|days?|weeks?|months?|years?|seasons?))"
)
NOTE = r"(?:note|record|log|write|jot|register|keep|enter|document)s?(?: down)?"
FACTS = r"(?P<facts>(?:an?|the|its|their|how|who|what|when|where|whether|which|our|my) [^.;!?\n]+?)"
ROW = regex(
    rf"{STATEMENT}{WHO} (?P<often>{OFTEN})(?P<verbs>{WORD}(?:, {WORD})*,? and {WORD}) (?P<what>{ARTICLE}{NOUN})"
    rf"(?P<days> {DAYS})?(?=\s*(?:[.,;!?\n]|$|and\b|each\b|every\b))",
    re.IGNORECASE,
)
"""Several deeds with one object: "we spray and prune rows"."""
TWO = regex(
    rf"{STATEMENT}{WHO} (?P<often>{OFTEN})(?P<first>{WORD} {ARTICLE}{NOUN}),? and (?P<second>{WORD}) "
    rf"(?P<what>{ARTICLE}{WORD}s(?: (?:in|on|at|for|to|with|from|of) [^.;,!?\n]+)?){END}",
    re.IGNORECASE,
)
"""Two deeds with an object each: "rangers patrol trails and repair bridges"."""
NOTED = regex(
    rf"{STATEMENT}(?:{DAYS},? )?{WHO} (?P<often>{OFTEN})(?P<verbs>{WORD}(?:(?:, {WORD})*,? and {WORD})?) "
    rf"(?P<what>it\b|them\b|{ARTICLE}{NOUN})(?: {DAYS})?"
    r"(?:(?:\s*[;,.:–-]\s*|,? and )(?:and )?(?:each|every) time,? (?:we|they|i|he|she) (?:also |then )*|"
    r"\s*[;,]\s*(?:and )?(?:we|they|i) (?:then |also |always )*|"
    rf",? and (?:(?:we|they|i) )?(?:(?:each|every) time |always |then )?)(?:{NOTE}) {FACTS}{END}",
    re.IGNORECASE,
)
"""What is noted with each deed: "we spray and prune rows; each time we note the date"."""
WHEN_DONE = regex(
    r"(?P<begin>^|[.!?;:]\s+|\n\s*|,? and )(?:when|whenever|each time|every time|once|as soon as|after) "
    rf"(?P<who>i|we|they|somebody|someone|anybody|one of us|an? {WORD}|{WORD}s)(?: have| has)? (?P<verb>{WORD}) "
    rf"(?P<what>one(?: of them| of these)?|it|them|(?:an?|the) {NOUN}),? "
    rf"(?:then )?(?:i|we|they|he|she) (?:also |then |always )*{NOTE} {FACTS}{END}",
    re.IGNORECASE,
)
"""What is noted when something is done to one of what was told of: "when I drink one I note the date"."""
OUR_DEED = regex(
    rf"{STATEMENT}(?:we|i) {OFTEN}(?P<verb>{WORD}) (?:(?:the|our|all|all our) )?(?P<what>{WORD}(?: {WORD})?)"
    rf"(?: for (?:our |the )?(?P<whom>{WORD}s))?{END}",
    re.IGNORECASE,
)
"""What whoever speaks does with things: "we inspect bridges"."""
EACH_HAS = regex(
    rf"{STATEMENT}(?:we|i) {OFTEN}{WORD} (?:(?:the|our|some|many|several) )?(?P<what>{WORD}(?: {WORD})?s)\s*[;,.:]\s*"
    r"(?:and )?each(?: one| of them)? (?=(?:has|gets) )",
    re.IGNORECASE,
)
"""What each of those is like that something is done with: "we ring peals; each has a date"."""
COMES = regex(
    rf"{STATEMENT}(?:when|whenever|each time|every time|once|as soon as) (?P<what>one|it|an? {NOUN}) "
    r"(?:comes|arrives|is brought|is handed|is delivered|gets here)(?: in| to us| along)?,? "
    rf"(?:i|we) (?:also |then |always )*{NOTE} {FACTS}{END}",
    re.IGNORECASE,
)
"""What is noted of a thing when it comes: "when one comes in I note the owner"."""
IN_WORDS = (
    (regex(r"\bwhat(?:'s| is) (?:wrong|broken|the matter)(?: with it)?\b", re.IGNORECASE), "a fault"),
    (
        regex(
            r"\b(?:what|how) (?:i|we|they|he|she) (?:thought of|thought about|liked|found) (?:it|them|that one)\b",
            re.IGNORECASE,
        ),
        "an opinion",
    ),
    (regex(r"\bwho did (?:it|them|that)\b", re.IGNORECASE), "a person responsible"),
    (regex(r"\bthe number of (?:it|them|those)\b", re.IGNORECASE), "a quantity"),
)
"""What people note in so many words, and what it is called."""
HOUSE_DOES = regex(
    rf"^(?P<house>(?:an?|the) (?P<noun>(?:{WORD} ){{0,2}}?{WORD})) (?P<verb>{WORD}s) "
    rf"(?=(?:out )?(?:{WORD} ){{0,2}}{WORD}s\b)",
    re.IGNORECASE,
)
"""What the whole does: "a puppet theatre lends puppets to schools"."""
GAME = regex(
    rf"(?P<two>\btwo {WORD}s) play (?:an?|each|every|the) (?:game|match)(?: (?:together|against each other))?{END}",
    re.IGNORECASE,
)
THEIR_DEED = regex(
    rf"{STATEMENT}(?:(?:the|our) )?(?P<who>{WORD}s) {OFTEN}(?P<verb>{WORD})(?: (?:on|for|to|in|at))? (?:(?:the|our) )?"
    rf"(?P<what>{WORD}s)(?: (?:in|into|on|at|from|to|through) (?:the|our) {WORD})?{END}",
    re.IGNORECASE,
)
"""What several do with things: "critics taste wines"."""
TOLD_OF = regex(
    rf"(?:^|[.!?;:,]\s+(?:and )?|\n\s*)(?:(?:an?|each|every|the|our|all|all our) )?(?P<noun>{NOUN}) "
    r"(?:has|have|belongs?)\b|"
    rf"(?:^|[.!?;:]\s+|\n\s*)(?:we|i) (?:keep|have|sell|collect|own|track|brew|make|grow) (?P<many>{WORD}s)"
    r"(?=\s*[.,;!?\n])",
    re.IGNORECASE,
)
ALONE = word_set(
    "register come arrive apply enrol enroll pay log help meet gather join leave go sit wait work live travel talk "
    "participate compete volunteer subscribe vote call start stop return sing dance run swim cycle pass fail win lose"
)
"""What people do without an object: in "members register and bring friends", nobody registers friends."""
FACT_NOUNS = word_set("name title email phone address birthday age contact status kind type size")
READ = word_set("book novel comic story paper magazine article poem play manga")
MEASURING = word_set("check measure test")
NOT_DONE = regex(
    r"^(?:keep|have|own|need|want|sell|buy|offer|lend|rent|stock|manage|track|collect|store|like|love|use|make|hire|"
    r"get|give|import|export|breed)s?$",
    re.IGNORECASE,
)
"""What is done with two kinds of things: the words behind "and" name the second."""
TAKEN_HOME = regex(
    rf"{STATEMENT}(?P<art>an?|each|every) (?P<who>{NOUN}) (?P<often>{OFTEN})(?P<verb>takes?|carr(?:y|ies)|borrows?) "
    rf"(?P<home>home )?(?:an?|the|one of our|one of the) "
    rf"(?P<what>{WORD}(?: (?!home\b|along\b){WORD})?)(?P<way> home| along)?"
    r"(?= for\b| until\b|\s*(?:[.,;!?\n]|$|and\b))",
    re.IGNORECASE,
)
"""Something that somebody has for a while: "a pupil takes an instrument home"."""
GIVEN_AWAY = regex(
    rf"\b(?P<verb>sends?|gives?|throws?|brings?|puts?|drives?|carr(?:y|ies)) (?P<what>(?:an?|the) {NOUN}) "
    rf"(?P<way>away|back|out|off|in|up){END}",
    re.IGNORECASE,
)
"""A verb with its particle behind its object, which is no part of what that is called."""


def thing_before(text: str) -> str:
    """Return the thing that a text tells of last, in the singular; nothing where it tells of none."""
    told = things_in(text)
    return told[-1] if told else ""


def things_in(text: str) -> list[str]:
    """Return the things that a text tells of, each in the singular."""
    return [one(found["noun"] or found["many"]) for found in TOLD_OF.finditer(text)]


def is_somebody(who: str) -> bool:
    """Tell whether words name people, and not whoever speaks."""
    return is_person(who) and who.lower() not in {"i", "we", "they", "somebody", "someone", "anybody", "one of us"}


def doing(found: re.Match[str]) -> list[str]:
    """Return the verbs of several deeds in their base forms, or nothing where one of them is none.

    What stands between people and "and" is a verb, known or not; so is what "and" joins to it, unless both are facts.
    """
    verbs = re.findall(r"[a-z-]+", re.sub(r"\band\b", " ", found["verbs"].lower()))
    if found["who"].lower() not in {"we", "i"} and not is_person(found["who"]):
        return []
    bases = [base_of_deed(verb) for verb in verbs]
    if len(verbs) > 1 and not NOT_DONE.match(verbs[0]) and not any(map(is_noun, verbs)) and not ALONE & {*verbs[:-1]}:
        bases = [base or verb for base, verb in zip(bases, verbs, strict=True)]
    return bases if all(bases) else []


def is_noun(word: str) -> bool:
    """Tell whether a word names a fact or several of a kind: "members name and phone numbers" tells of no deed."""
    return not (is_deed(word) or base_verb(word)) and (
        has_plural(word) or bool(named_kind([word])) or word in FACT_NOUNS
    )


def in_turn(found: re.Match[str], text: str) -> str | None:
    """Return "we spray and prune rows" as one deed after the other."""
    verbs = doing(found)
    if len(verbs) < 2 or not has_plural(found["what"].lower()):
        return None
    said = re.findall(r"[a-z-]+", re.sub(r"\band\b", " ", found["verbs"]))
    told = [f"{found['who']} {found['often']}{verb} {found['what']}{found['days'] or ''}" for verb in said]
    return f"{text[: found.start()]}{found['begin']}{'. '.join(told)}{text[found.end() :]}"


def parted(found: re.Match[str], text: str) -> str | None:
    """Return "rangers patrol trails and repair bridges" as a deed each; "we sell bikes and repair kits" is one."""
    first = found["first"].split()[0]
    is_speaker = found["who"].lower() in {"we", "i"}
    is_linking = base_verb(found["second"].lower()) in OWNING_VERBS
    if NOT_DONE.match(first) or is_linking or not is_deed(found["second"]):
        return None
    if not (is_speaker or is_person(found["who"])):
        return None
    if has_plural(found["second"].lower()) and not re.match(r"(?:an?|each|every|one)\b", found["who"], re.IGNORECASE):
        return None
    told = f"{found['who']} {found['often']}{found['second']} {found['what']}"
    plain = f"{found['begin']}{found['who']} {found['often']}{found['first']}. {told}"
    return f"{text[: found.start()]}{plain}{text[found.end() :]}"


def noted(found: re.Match[str], text: str) -> str | None:
    """Return deeds with what is noted each time as records of what they are done to."""
    is_near = found["what"].lower() in {"it", "them", "one"}
    what = thing_before(text[: found.start("what")]) if is_near else one(found["what"])
    verbs = doing(found)
    records = [record_of_deed(verb) for verb in verbs] if what and not is_measure(what) else []
    is_one = is_near or re.match(r"an?\s", found["what"], re.IGNORECASE) is not None
    if re.match(r"the\s", found["what"], re.IGNORECASE) and not has_plural(what) and is_somebody(found["who"]):
        if what not in things_in(text):
            called = ["measurement" if verb in MEASURING else f"{what} {record_of_deed(verb)}" for verb in verbs]
            return told_by(found, text, list(dict.fromkeys(called)), [one(found["who"])])
        is_one = True
    if not all(records) or not records or not (is_one or has_plural(found["what"].lower())):
        return None
    return told_by(found, text, records, [what, *([one(found["who"])] if is_somebody(found["who"]) else [])])


def told_by(found: re.Match[str], text: str, records: list[str], whose: list[str]) -> str | None:
    """Return a text with what is noted told of records, each of which names whose it is."""
    if not all(records):
        return None
    told = [f"{belonging(record, whose)}. {a(record).capitalize()} has {facts_of(found)}" for record in records]
    return f"{text[: found.start()]}{found['begin']}{'. '.join(told)}{text[found.end() :]}"


def when_done(found: re.Match[str], text: str) -> str | None:
    """Return "when I drink one I note the date" as a tasting of what was told of."""
    verb = base_of_deed(found["verb"]) or found["verb"].lower()
    is_near = re.match(r"(?:one|it|them)\b", found["what"], re.IGNORECASE) is not None
    what = thing_before(text[: found.start("what")]) if is_near else one(found["what"])
    is_known = is_near or (is_deed(verb) and verb not in EVENT_NOUNS and what in things_in(text))
    record = "reading" if verb in {"finish", "read"} and what in READ else record_of_deed(verb)
    if not what or not is_known or not record or record == what:
        return None
    whose = [what, *([one(found["who"])] if is_somebody(found["who"]) else [])]
    begin = ". " if "and" in found["begin"] else found["begin"]
    told = f"{belonging(record, whose)}. {a(record).capitalize()} has {facts_of(found)}"
    return f"{text[: found.start()]}{begin}{told}{text[found.end() :]}"


def our_deed(found: re.Match[str], text: str) -> str | None:
    """Return "we inspect bridges", where inspections are told of, as the bridge that each inspection names."""
    record, what = record_of_deed(base_of_deed(found["verb"])), one(found["what"])
    told = things_in(text)
    is_open = record in told and record != what and not re.search(rf"\b{record}s? belongs?\b", text, re.IGNORECASE)
    if not is_open or what not in told or not has_plural(found["what"].lower()):
        return None
    whom = one(found["whom"]) if found["whom"] else ""
    if whom and whom not in told:
        return None
    whose = belonging(record, [what, *([whom] if whom else [])])
    return f"{text[: found.start()]}{found['begin']}{whose}{text[found.end() :]}"


def their_deed(found: re.Match[str], text: str) -> str | None:
    """Return "critics taste wines", where tastings are told of, as the critic and the wine that each tasting names."""
    who, what, verb = one(found["who"]), one(found["what"]), found["verb"].lower()
    if verb in EVENT_NOUNS and what not in ARRANGEMENT_NOUNS:
        return None
    told = things_in(text)
    records = (record_of_deed(base_of_deed(verb) or verb), record_noun(text, verb, who))
    record = next((noun for noun in records if noun in told and noun not in {who, what}), "")
    if not record or re.search(rf"\b{record}s? belongs?\b", text, re.IGNORECASE):
        return None
    return f"{text[: found.start()]}{found['begin']}{belonging(record, [who, what])}{text[found.end() :]}"


def house_does(found: re.Match[str], text: str) -> str | None:
    """Return "a puppet theatre lends puppets" as what we do: the theatre is the whole, and no thing in it."""
    noun, verb = found["noun"].lower(), found["verb"].lower()
    is_doing = NOT_DONE.match(verb) or is_deed(verb) or verb in {"runs", "offers", "flies"}
    is_thing = re.search(
        rf"\b(?:an?|each|every|which|one) {noun}\b|\b{plural(noun)}\b", text[found.end() :], re.IGNORECASE
    )
    is_lending = re.match(r"(?:lends|rents|hires|loans)$", verb) is not None
    if is_lending and not re.match(r"[^.;!?\n]{1,80}? to ", text[found.end() :], re.IGNORECASE):
        return None
    if noun.split()[-1] not in HOUSES or not is_doing or is_thing:
        return None
    base = base_of_deed(verb) or re.sub(r"(?<=f)ies$", "ys", verb).removesuffix("s")
    base = "keep" if base in {"offer", "have", "own"} else base
    return f"{found['house']}. We {base} {text[found.end() :]}"


def facts_of(found: re.Match[str]) -> str:
    """Return what is noted, each fact by its name."""
    facts = found["facts"]
    for said, plain in IN_WORDS:
        facts = said.sub(plain, facts)
    return facts


def each_has(found: re.Match[str], text: str) -> str | None:
    """Return "we ring peals; each has a date" as what each peal has."""
    if one(found["what"]) == found["what"].lower():
        return None
    return f"{text[: found.start()]}{found['begin']}{a(one(found['what'])).capitalize()} {text[found.end() :]}"


def arrived(found: re.Match[str], text: str) -> str | None:
    """Return "when one comes in I note the owner and what's wrong" as facts of what was told of."""
    is_near = found["what"].lower() in {"one", "it"}
    thing = thing_before(text[: found.start("what")]) if is_near else one(found["what"])
    if not thing or thing not in things_in(text):
        return None
    told = f"{a(thing).capitalize()} has {facts_of(found)}"
    return f"{text[: found.start()]}{found['begin']}{told}{text[found.end() :]}"


def each_other(found: re.Match[str], text: str) -> str:
    """Return "two players play a game" as two who play each other."""
    return f"{text[: found.start()]}{found['two']} play against each other{text[found.end() :]}"


def taken_home(found: re.Match[str], text: str) -> str | None:
    """Return "a pupil takes an instrument home" as what pupils do: no part of it names an instrument."""
    way = (found["home"] or found["way"] or "").strip()
    if not way or (found["home"] and found["way"]):
        return None
    who, what = (plural(one(found[part])) for part in ("who", "what"))
    verb = re.sub(r"ies$", "y", found["verb"].lower()).removesuffix("s")
    said = f"{who.capitalize()} {found['often']}{verb} {what} {way}"
    return f"{text[: found.start()]}{found['begin']}{said}{text[found.end() :]}"


def given_away(found: re.Match[str], text: str) -> str:
    """Return "sends a parcel away" with its particle beside its verb."""
    return f"{text[: found.start()]}{found['verb']} {found['way']} {found['what']}{text[found.end() :]}"


WAYS: Ways = (
    (GAME, each_other),
    (HOUSE_DOES, house_does),
    (EACH_HAS, each_has),
    (COMES, arrived),
    (TAKEN_HOME, taken_home),
    (GIVEN_AWAY, given_away),
    (NOTED, noted),
    (WHEN_DONE, when_done),
    (ROW, in_turn),
    (TWO, parted),
    (OUR_DEED, our_deed),
    (THEIR_DEED, their_deed),
)
"""Deeds in a row, each way with one meaning only."""


def in_single_deeds(text: str) -> str:
    """Return a text with its deeds said one at a time, and with what is noted of them as their records."""
    return rewritten(text, WAYS)
