"""Says in sentences of one fact each what a letter tells that people do: "we then arrange a visit with the customer".

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import NOUN, is_person
from bot.planning.built_in.words.plain_letters import BEGIN, MANY, ONE, each_has, subject
from bot.planning.built_in.words.rewriting import END, Ways, put, rewritten
from bot.planning.built_in.words.vocabulary import a, singular

__all__ = ["in_plain_doings"]

DONE = r"(?:[a-z]+ed|sent|paid|sold|lent|given|taken|made|done|seen|met|held|brought|withdrawn|written|shown)"
RECORD = (
    r"(?:appointment|visit|meeting|date|lesson|session|consultation|viewing|tour|delivery|collection|inspection|"
    r"interview|trial|tasting|fitting|call|pick-?up|hand-?over|service|check-?up)"
)
PAPER = r"(?:invoice|bill|receipt|quote|offer|report|certificate|protocol|statement|contract|confirmation|letter)"
LENT = regex(r"\b(?:borrows?|lends?|lent|loans?|rents?|takes? out|take home|hires?)\b", re.IGNORECASE)
CERTAIN = r"(?:certain |given |fixed |specific |particular |set )?"


def belongs(part: str, whole: str) -> str:
    """Return that each of a thing belongs to one of another."""
    return f"Each {singular(part.lower())} belongs to {a(singular(whole.lower()))}"


def tells_of(found: re.Match[str], text: str) -> str | None:
    """Return "a customer calls and tells us about their boat" as boats of customers."""
    who = singular(found["who"].lower())
    return put(found, text, belongs(found["what"], who)) if is_person(who) else None


def arranged(found: re.Match[str], text: str) -> str | None:
    """Return "we then arrange a visit with the customer" as visits of customers."""
    return put(found, text, belongs(found["what"], found["whom"])) if is_person(singular(found["whom"])) else None


def sent_after(found: re.Match[str], text: str) -> str:
    """Return "after the visit we send an invoice" as an invoice that belongs to a visit."""
    return put(found, text, belongs(found["paper"], found["of"]))


def works_on(found: re.Match[str], text: str) -> str | None:
    """Return "the tuner works on several pianos during a visit" as visits of a tuner and several pianos."""
    who, at = singular(found["who"].lower()), found["at"].lower()
    if not is_person(who) or at in {"day", "week", "month", "year", "time", "morning", "evening", "weekend"}:
        return None
    return put(found, text, belongs(at, who), f"Each {at} belongs to several {found['many'].lower()}")


def on_a_day(found: re.Match[str], text: str) -> str:
    """Return "a visit takes place on a certain day and starts at a certain time" as its date and start time."""
    time = " and a start time" if found["time"] else ""
    return put(found, text, each_has(found["what"], f"a date{time}"))


def only_while(found: re.Match[str], text: str) -> str | None:
    """Return "it can only be cancelled as long as it's planned" as that only planned visits can."""
    thing = subject(text, found.start() + 1)
    if not thing:
        return None
    return put(found, text, f"Only {found['state'].lower()} {thing}s can be {found['done'].lower()}")


def open_until(found: re.Match[str], text: str) -> str:
    """Return "invoices are open until the customer has paid them" as first open, then paid."""
    thing = singular(re.sub(r"^(?:an?|each|every|the) ", "", found["what"].lower()))
    return put(found, text, f"{a(thing).capitalize()} is first {found['state'].lower()}, then {found['done'].lower()}")


def out_and_back(found: re.Match[str], text: str) -> str | None:
    """Take off "when they pick it up we note the date …" behind a loan, which has these moments anyway."""
    return put(found, text, "") if LENT.search(text[: found.start()]) else None


def lent_again(found: re.Match[str], text: str) -> str:
    """Return "items that are on loan can't be lent to someone else" as that a lent one can't be lent again."""
    verb = found["verb"].lower()
    return put(found, text, f"A {verb} {singular(found['many'].lower())} can't be {verb} again")


def from_to(found: re.Match[str], text: str) -> str:
    """Return "a coat for a period, from a first day to a last day" without saying "period" too."""
    return f"{text[: found.start()]} {found['span']}{text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}(?:an?|each|every|the|our)? ?(?P<who>[a-z]+) "
                r"(?:(?:calls?|phones?|comes?|rings?|writes?|e-?mails?)(?: (?:us|in|up|by|along))* and )?"
                rf"tells? us (?:everything |more |all )?about (?:their|his or her|his|her) (?P<what>{NOUN}){END}"
            ),
            tells_of,
        ),
        (
            (
                rf"{BEGIN}(?:we|i)(?: then| also| usually| always)? (?:arrange|agree on|schedule|plan|book|make|"
                rf"fix|set up) "
                rf"(?:an? |the )(?P<what>{RECORD}) with (?:the|our|a|each|every) (?P<whom>[a-z]+){END}"
            ),
            arranged,
        ),
        (
            (
                rf"{BEGIN}(?:after|for|before) (?:the|each|every|an?) (?P<of>[a-z]+),? we(?: then| always| usually)? "
                rf"(?:send|write|make|issue|prepare|print|create)(?: them| the [a-z]+)? an? (?P<paper>{PAPER}){END}"
            ),
            sent_after,
        ),
        (
            (
                rf"{BEGIN}(?:the|an?|each|every|our) (?P<who>[a-z]+) (?:works? on|handles?|checks?|treats?|services?|"
                r"looks? at|repairs?|examines?|cleans?) (?:one or more|several|many|a few|one or several) "
                rf"(?P<many>{MANY}) (?:during|in|at|on) (?:an?|each|every|the) (?P<at>[a-z]+){END}"
            ),
            works_on,
        ),
        (
            (
                rf"{BEGIN}{ONE} (?P<what>{NOUN}) (?:takes place|happens|is held) on an? {CERTAIN}(?:day|date)"
                rf"(?P<time>,? (?:and )?(?:it )?(?:starts|begins) at an? {CERTAIN}time)(?=\s*(?:[,.;!?\n]|$))"
            ),
            on_a_day,
        ),
        (
            (
                rf"{BEGIN}(?:it|they) (?:can|may) only be (?P<done>{DONE}) (?:as long as|while|if|when) "
                rf"(?:it|they)(?:'s|'re| is| are)(?: still)? (?P<state>[a-z]+){END}"
            ),
            only_while,
        ),
        (
            (
                rf"{BEGIN}(?P<what>(?:an?|each|every|the) [a-z]+|{MANY}) (?:is|are|stays?|remains?) "
                rf"(?P<state>[a-z]+) until "
                rf"(?:the |an? |our )?[a-z]+ (?:has|have) (?P<done>{DONE}) (?:it|them){END}"
            ),
            open_until,
        ),
        (
            (
                rf"{BEGIN}when (?:they|he|she|someone|it) (?:picks?|takes?|collects?|fetch(?:es)?) (?:it|"
                rf"them)(?: up| away| home| out)?,? "
                r"we (?:note|write down|record) (?:down )?(?:the (?:date|day|time)|that|when)"
                r"(?:,? and when (?:they|he|she) (?:brings?|returns?|gives?) (?:it|them)(?: back)?,? we (?:note|"
                r"write down|"
                rf"record) (?:that|the (?:date|day|time)|it)(?:,? too| as well)?)?{END}"
            ),
            out_and_back,
        ),
        (
            (
                rf"{BEGIN}(?P<many>{MANY}) (?:that|which) are (?:on loan|lent out|out|with (?:a|another) [a-z]+) "
                r"(?:can't|cannot|can not|must not|mustn't|may not) be (?P<verb>lent|rented|borrowed) "
                rf"(?:to (?:someone|somebody|anyone|anybody) else|again|twice)(?:,? of course)?{END}"
            ),
            lent_again,
        ),
        (
            (
                r" for a (?:certain |given )?period,? (?P<span>from an? [a-z]+ (?:day|date) to an? [a-z]+ (?:day|"
                r"date))"
            ),
            from_to,
        ),
    )
)
"""Ways of telling what people do, and what says it plainly."""


def in_plain_doings(text: str) -> str:
    """Return a text with what people do in it said in sentences of one fact each."""
    return rewritten(text, WAYS)
