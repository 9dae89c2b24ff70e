"""Says plainly who applies with what, who decides on it, and who claims something by leaving their name.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.field_kinds import named_kind
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.rewriting import END, SENTENCE, STATEMENT, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, word_set

__all__ = ["in_plain_claims"]

APPLY = {"apply": "application", "applies": "application"}
"""What somebody does to take part in what whoever speaks holds, and the record of it."""
DEEDS = {"claim": "claim", "request": "request", "reserve": "reservation", "order": "order", "book": "booking",
         "adopt": "adoption", "report": "report"}  # fmt: skip
REFUSED = r"(?:decline|reject|refuse|turn down|deny|denie|dismisse)s?"
DECIDED = word_set("invite admit accept approve confirm grant hire shortlist nominate select choose take")
WHOEVER = r"(?:somebody|someone|anybody|anyone|people|whoever|everybody|everyone|a person|a finder|an owner)"
HOW_MANY = regex(r"\bhow many of (?:them|us|you) (?:there )?(?:are|is|come|there are)\b", re.IGNORECASE)


def applied_with(found: re.Match[str], text: str) -> str | None:
    """Return "bands apply for our festival with their name" as applications of a band, and what each has."""
    who, record = one(found["who"]), APPLY[found["verb"].lower()]
    facts = HOW_MANY.sub("a number of members", found["facts"])
    facts = re.sub(r"\btheir\b", "a", facts, flags=re.IGNORECASE)
    is_theirs = found["facts"].lower().startswith("their ")
    whose = who if is_theirs else record
    told = f"Each {record} belongs to {a(who)}", f"{a(whose).capitalize()} has {facts}"
    return replaced(found, text, *told)


def decided_on(found: re.Match[str], text: str) -> str | None:
    """Return "the jury invites or declines each application" as what becomes of an application."""
    thing = one(found["thing"])
    verb = re.sub(r"(?<=[a-z])s$", "", found["verb"].lower())
    if verb not in DECIDED or is_person(thing) or re.search(rf"\b{thing} (?:is|has a status)\b", text, re.IGNORECASE):
        return None
    other = participle(re.sub(r"(?<=[a-z])s$", "", found["other"].lower()))
    return replaced(found, text, f"{a(thing).capitalize()} is submitted, then {participle(verb)} or {other}")


def given_then(found: re.Match[str], text: str) -> str | None:
    """Return "an invited band gets a slot on a stage" as the slot that its application may name."""
    who, what = one(found["who"]), one(found["what"])
    record = re.search(rf"\beach (?P<record>{WORD}) belongs to an? {who}\b", text[: found.start()], re.IGNORECASE)
    state = found["state"].lower()
    if not record or not re.search(rf"\b{record['record']} is [^.]*\b{state}\b", text, re.IGNORECASE):
        return None
    if named_kind(what.split()):
        return replaced(found, text, f"{a(record['record'].lower()).capitalize()} has an optional {what}")
    told = [f"{a(record['record'].lower()).capitalize()} may belong to {a(what)}"]
    told += [f"Each {what} belongs to {a(one(found['where']))}"] if found["where"] else []
    return replaced(found, text, *told)


def claimed_by(found: re.Match[str], text: str) -> str | None:
    """Return "somebody can claim an item by leaving their name" as claims of an item, with a name."""
    record, thing = DEEDS[found["verb"].lower().removesuffix("s")], one(found["thing"])
    facts = re.sub(r"\b(?:their|his or her)\b", "a", found["facts"], flags=re.IGNORECASE)
    facts = re.sub(r"\band (?=(?:phone|e-?mail|address|number)\b)", "and a ", facts)
    facts = re.sub(r"\ba (?=(?:e-?mail|address)\b)", "an ", facts)
    return replaced(found, text, f"Each {record} belongs to {a(thing)}", f"{a(record).capitalize()} has {facts}")


def as_items(found: re.Match[str], text: str) -> str | None:
    """Return "we keep lost things. Every lost item has …" with the things called as they are later."""
    later = text[found.end() :]
    called = re.search(rf"\b{found['sort']} (?P<noun>item|object|article|belonging|good)\b", later, re.IGNORECASE)
    if called is None:
        return None
    return f"{text[: found.start('things')]}{called['noun'].lower()}s{later}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{STATEMENT}(?P<who>(?:our |the )?{WORD}s|an? {WORD}) (?:can |may )?(?P<verb>{'|'.join(APPLY)})"
                rf"(?: (?:for|to|at|in) (?:our|the|my) (?:{WORD} )?{WORD})? "
                rf"(?:with|by giving|giving) (?P<facts>(?:their|an?) [^.;:!?\n]+?){END}"
            ),
            applied_with,
        ),
        (
            (
                rf"{STATEMENT}(?:(?:the|our|an?) {WORD}|we) (?:then )?(?P<verb>{WORD}) or (?P<other>{REFUSED}) "
                rf"(?:each|every) (?P<thing>{WORD}){END}"
            ),
            decided_on,
        ),
        (
            (
                rf"{STATEMENT}(?:an?|each|every|the|all) (?P<state>[a-z]+(?:ed|en)) (?P<who>{WORD}) (?:then )?"
                rf"(?:gets?|receives?|is given|are given|is assigned) an? (?P<what>{WORD})"
                rf"(?: (?:on|in|at) an? (?P<where>{WORD}))?{END}"
            ),
            given_then,
        ),
        (
            (
                rf"{STATEMENT}(?:{WHOEVER}|the {WORD})(?: (?:who|that) [^.,;:!?\n]{{3,40}}?)? (?:can |may )?"
                rf"(?P<verb>(?:{'|'.join(DEEDS)})s?) "
                rf"(?:an?|the|one of the|their) (?P<thing>{WORD}(?: {WORD})?) by "
                rf"(?:leaving|giving|sending|entering|writing|telling) (?:us )?(?P<facts>(?:their|an?) "
                rf"[^.;:!?\n]+?){END}"
            ),
            claimed_by,
        ),
        (
            (
                rf"{SENTENCE}(?:we|i) (?:keep|have|collect|store|register|record) (?P<sort>[a-z]+) "
                r"(?P<things>things|stuff|property)(?: (?:at|in|on) (?:an?|the|our) (?:[a-z]+ )?[a-z]+)?"
                rf"{END}"
            ),
            as_items,
        ),
    )
)
"""Ways of telling who applies for and claims what, and what says them plainly."""


def in_plain_claims(text: str) -> str:
    """Return a text with what people apply for and claim said in sentences of one fact each."""
    return rewritten(text, WAYS)
