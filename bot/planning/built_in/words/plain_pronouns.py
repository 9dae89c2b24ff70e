"""Says by name whom and what people only point at: "one of them writes down …", "who has which one", "they record …".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import gerund_of, is_person, one
from bot.planning.built_in.words.plain_occasions import are_facts
from bot.planning.built_in.words.plain_writers import (
    ADVERB,
    FACTS,
    NOTE,
    NOUN,
    OFTEN,
    WHO,
    is_writer,
    people_told,
    thing_told,
)
from bot.planning.built_in.words.rewriting import BEGIN, END, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, has_plural, singular, word_set

__all__ = ["in_plain_pronouns"]

WRITTEN = word_set("comment note report remark text message summary review feedback assessment")
OWNED = regex(
    rf"\b(?:owns?|has|have|keeps?|lends?|stores?|looks? after|manages?|collects?)(?: out)? "
    rf"(?:(?:about|around|some|many|several|\d+) )*(?P<many>{WORD}(?: {WORD})??s)(?=\s*(?:[.,;\n]|$|and\b|to\b))",
    re.IGNORECASE,
)
"""What somebody has several of."""
HAS = r"(?:has|took|takes|gets|got|borrowed|borrows|holds|currently has|has got)"
SAID = regex(
    rf"\b(?:up to |at most |about |around )?(?:{WORD} )?(?P<many>{WORD}s)\b(?! (?:of|and|or)\b)", re.IGNORECASE
)
NO_THINGS = word_set("times days weeks months years hours minutes nights this its his us is was has does always")


def things_owned(before: str) -> str:
    """Return the thing that somebody has several of, which was told of last; or nothing."""
    owned = [singular(found["many"].lower()) for found in OWNED.finditer(before) if has_plural(found["many"].lower())]
    owned = [thing for thing in owned if not is_person(thing)]
    return owned[-1] if owned else thing_told(before)


def one_of_them(found: re.Match[str], text: str) -> str | None:
    """Return "one of them writes down" with who they are: "a volunteer writes down"."""
    who = people_told(text[: found.start()])
    return f"{text[: found.start()]}{a(who)} {text[found.end() :]}" if who else None


def noted_at(found: re.Match[str], text: str) -> str | None:
    """Return "at every check of a net a volunteer writes down how many birds were in it" as checks of a net."""
    event, thing, who = one(found["event"]), one(found["thing"]), one(found["who"])
    if not is_writer(found["who"]) or is_person(event) or event == thing or not are_facts(found["facts"]):
        return None
    facts = re.sub(r" (?:(?:there )?(?:were|was|are|is) )?(?:in|on|at|inside) (?:it|them)$", "", found["facts"])
    facts = re.sub(r"\bhow many ([a-z]+s)$", lambda many: f"{a(singular(many[1]))} count", facts)
    told = f"Each {event} belongs to {a(thing)}"
    return replaced(
        found, text, told, f"{capital(a(event))} may belong to {a(who)}", f"{capital(a(event))} has {facts}"
    )


def lent_to(found: re.Match[str], text: str) -> str | None:
    """Return "when a painting is lent, we note which museum took it and when it comes back" as loans of a painting."""
    thing, whom, record = one(found["thing"]), one(found["whom"]), gerund_of(found["done"])
    if not record or is_person(thing) or thing == whom:
        return None
    more = [f"{capital(a(record))} has {found['rest'].strip()}"] if found["rest"] else []
    return replaced(found, text, f"Each {record} belongs to {a(thing)} and {a(whom)}", *more)


def who_has_which(found: re.Match[str], text: str) -> str | None:
    """Return "the librarian notes who has which one and since when" as loans of a thing to somebody."""
    before = text[: found.end("taking" if found["taking"] else "begin")]
    who, thing = people_told(before), one(found["what"] or "") or things_owned(before)
    if not who or not thing or is_person(thing) or (found["who"] and one(found["who"]) == who):
        return None
    rest = (found["rest"] or "").strip()
    late = " (optional)" if re.search(r"\b(?:back|returned)$", rest) else ""
    more = [f"A loan has {rest}{late}"] if rest else []
    return replaced(found, text, f"Each loan belongs to {a(thing)} and {a(who)}", *more)


def for_each_of_them(found: re.Match[str], text: str) -> str | None:
    """Return "after every lesson the trainer writes a short comment for each of them" as one for each of both."""
    event, what = one(found["event"]), found["what"].lower()
    told = [each["many"].lower() for each in SAID.finditer(text[: found.start()])]
    told = [singular(many) for many in told if has_plural(many) and many not in NO_THINGS]
    told = [thing for thing in told if thing not in {event, one(found["who"])}]
    if what not in WRITTEN or not told or not is_writer(found["who"]):
        return None
    them = next((thing for thing in reversed(told) if not is_person(thing)), told[-1])
    return replaced(found, text, f"Each {what} belongs to {a(event)} and {a(them)}", f"{capital(a(what))} has a text")


def they_note(found: re.Match[str], text: str) -> str | None:
    """Return "every shift has two guards, and they record the weather" as the weather of a shift."""
    thing, facts = one(found["thing"]), found["facts"]
    if is_person(thing) or not are_facts(facts) or OFTEN.search(facts):
        return None
    return f"{text[: found.start('joint')]}. {capital(a(thing))} has {facts}{text[found.end() :]}"


def with_their(found: re.Match[str], text: str) -> str | None:
    """Return "dogs with their owners" as dogs, each of an owner."""
    thing, who = singular(found["many"].lower()), singular(found["who"].lower())
    if not is_person(who) or is_person(thing) or not has_plural(found["many"].lower()):
        return None
    return f"{text[: found.end('many')]}. Each {thing} belongs to {a(who)}{text[found.end() :]}"


AT = r"(?:at|in|on|during|after|before) (?:each|every|an?|the)"
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (rf"\bone of them (?={NOTE} (?:the|an?|its|what|whether|when|where|who|which|how)\b)", one_of_them),
        (
            (
                rf"{BEGIN}{AT} (?P<event>{WORD}) (?:of|to|at) (?:an?|the|each|every|one of the) "
                rf"(?P<thing>{WORD}(?: {WORD})??),? {WHO} {ADVERB}{NOTE} {FACTS}{END}"
            ),
            noted_at,
        ),
        (
            (
                r"(?P<begin>^|[.!?;:]\s+|,\s+(?:and\s+|so\s+|but\s+)?|\s+and\s+|\n\s*)"
                r"(?:when|whenever|once|as soon as|each time|every time|if) (?:an?|the|any|one of (?:the|our)) "
                rf"(?P<thing>{WORD}(?: {WORD})?) is (?:being )?(?P<done>[a-z]+(?:ed|nt|ld|en))(?: out)?,? "
                rf"(?:we|i|they|(?:an?|the|our) {NOUN}) {ADVERB}{NOTE} (?:to )?which (?P<whom>{WORD}(?: {WORD})?) "
                rf"(?:has |have )?[a-z]+ (?:it|them)(?:,? (?:and )?(?P<rest>[^.;:!?\n]+?))?{END}"
            ),
            lent_to,
        ),
        (
            (
                rf"{BEGIN}(?P<taking>{WORD}s (?:take|borrow|get|carry) (?:them|it|one|some)"
                r"(?: [a-z]+){0,4}?,?\s+and\s+)?"
                rf"(?:we|i|they|(?P<who>(?:an?|the|our) {NOUN})) {ADVERB}{NOTE} who {HAS} which"
                rf"(?: one| of them| (?P<what>{WORD}(?: {WORD})?))?(?:,? (?:and )?(?P<rest>[^.;:!?\n]+?))?{END}"
            ),
            who_has_which,
        ),
        (
            (
                rf"{BEGIN}{AT} (?P<event>{NOUN}),? {WHO} {ADVERB}(?:writes?|gives?|adds?|{NOTE}) an? "
                rf"(?:short |brief |written |small )?(?P<what>{WORD}) (?:for|on|about|to) each (?:of them|one){END}"
            ),
            for_each_of_them,
        ),
        (
            (
                r"(?:^|(?<=[.!?;:] )|(?<=\n))(?:each|every) "
                rf"(?P<thing>{WORD}(?: {WORD})??) (?:has|is|takes|needs|lasts|"
                rf"belongs)\b[^.;:!?\n]+?(?P<joint>,? and they {ADVERB}{NOTE}) {FACTS}{END}"
            ),
            they_note,
        ),
        (
            rf"\b(?P<many>{WORD}s) with their (?P<who>owners|keepers|holders|landlords|handlers|drivers|riders){END}",
            with_their,
        ),
    )
)
"""Ways of pointing at somebody or something that was told of, and what says them by name."""


def in_plain_pronouns(text: str) -> str:
    """Return a text with those that it only points at said by name."""
    return rewritten(text, WAYS)
