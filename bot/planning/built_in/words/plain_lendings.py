"""Says plainly how lending is told at a desk: who asks to borrow what, how it goes on, and who may do what about it.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.rewriting import BEGIN, END, SENTENCE, STATEMENT, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, a

__all__ = ["in_plain_lendings"]

VERB = r"(?:borrow|rent|hire|book|reserve|lease|adopt|lend)"
ASKED = regex(rf"\b(?P<can>can |may |could )?asks? to (?=(?P<verb>{VERB}) )", re.IGNORECASE)
TOLD = regex(
    rf"{STATEMENT}(?:the|an?|each|every) (?P<what>{WORD}) is (?:first|at first) (?P<state>[a-z]+(?: (?:for|in|up))?)"
    r"(?P<rest>(?:, (?:and )?(?:then|later|finally|at the end|in the end) [^.;,!?\n]{3,80}){1,6})" + END,
    re.IGNORECASE,
)
STEP = regex(r", (?:and )?(?:then|later|finally|at the end|in the end) ", re.IGNORECASE)
DONE_BY = regex(
    rf"(?:an?|the|our) (?P<who>{WORD}) (?P<verb>[a-z]+s) it"
    r"(?: or (?P<other>[a-z]+s) it(?: (?P<down>down|off|back|up))?)?",
    re.IGNORECASE,
)
IS = regex(rf"(?:it|the {TERM}) is (?P<state>[a-z]+(?: [a-z]+)?)", re.IGNORECASE)
DONE = r"[a-z]+(?:ed|en|ne|lt|nt)(?: (?:down|off|back|up|out))?"
STATE = regex(rf"(?P<state>{DONE}(?: or {DONE})?)", re.IGNORECASE)
ASKING = frozenset({"request", "application", "enquiry", "inquiry", "wish"})


def asks(found: re.Match[str], text: str) -> str:
    """Return "a member can ask to borrow a bike" as that they borrow it."""
    can = found["can"] or "can "
    return f"{text[: found.start()]}{can}{text[found.end() :]}"


def goes_on(found: re.Match[str], text: str) -> str | None:
    """Return "the request is first asked for, then a mechanic confirms it or turns it down, …" as steps."""
    steps = [found["state"], *(state_of(step) for step in STEP.split(found["rest"]) if step.strip())]
    record = record_of(one(found["what"]).lower(), text[: found.start()])
    if not record or not all(steps):
        return None
    return replaced(found, text, f"{a(record).capitalize()} is {', then '.join(steps)}")


def state_of(step: str) -> str:
    """Return the state that one step leads to: "confirmed or turned down", "out"; nothing for other clauses."""
    step = re.sub(r"^(?:then|finally|later|at last)\s+", "", step.strip(), flags=re.IGNORECASE)
    if state := IS.fullmatch(step) or STATE.fullmatch(step):
        return state["state"].lower()
    done = DONE_BY.fullmatch(step)
    if done is None or not is_person(one(done["who"])):
        return ""
    other = f" or {participle(done['other'].lower())} {done['down'] or ''}".rstrip() if done["other"] else ""
    return f"{participle(done['verb'].lower())}{other}"


def record_of(noun: str, before: str) -> str:
    """Return what a request to borrow something is a request for: the loan; any other noun means itself."""
    asked = [match["verb"].lower() for match in re.finditer(rf"\b(?P<verb>{VERB})\b", before, re.IGNORECASE)]
    return EVENT_NOUNS.get(asked[-1], "") if noun in ASKING and asked else "" if noun in ASKING else noun


def two_people(found: re.Match[str], text: str) -> str:
    """Return "the same bike must never be lent to two people for overlapping days" as no overlap."""
    thing = a(one(found["thing"])).capitalize()
    return replaced(found, text, f"{thing} can't be {found['done']} twice at the same time")


def only_they(found: re.Match[str], text: str) -> str:
    """Return "only the mechanics may … and only they may add bikes" as two sentences."""
    return f"{text[: found.end('first')]}. Only {found['who']} may {text[found.end() :]}"


def only_own(found: re.Match[str], text: str) -> str | None:
    """Return "members see the bikes and only their own loans" as what is only theirs."""
    if not is_person(one(found["who"])):
        return None
    return replaced(found, text, f"{found['who'].capitalize()} may only see their own {found['own']}")


def days(found: re.Match[str], text: str) -> str:
    """Return "from one day to another day" without the second day, as a period is told."""
    return f"{text[: found.end('period')]}{text[found.end() :]}"


WAYS: Ways = (
    (TOLD, goes_on),
    (
        regex(r"\b(?P<period>from one (?:day|date) to another) (?:day|date|one)\b", re.IGNORECASE),
        days,
    ),
    (ASKED, asks),
    (
        regex(
            rf"{BEGIN}(?:the same|one|an?) (?P<thing>{TERM}) "
            r"(?:(?:must|can|may) never|can't|cannot|must not|may not) be "
            r"(?P<done>lent|booked|rented|hired|reserved|given)(?: out)? (?:to|by|for) two "
            r"(?:different )?(?:people|persons|members|customers|guests|clients|groups|families|teams) "
            r"(?:for|on|at|over) (?:overlapping|the same) (?:days?|dates?|times?|hours?|periods?|nights?|weeks?)"
            r"(?=\s*(?:[.,;!?\n]|$))",
            re.IGNORECASE,
        ),
        two_people,
    ),
    (
        regex(
            rf"{SENTENCE}(?P<first>only (?P<who>(?:the |our )?{TERM}s?) (?:may|can) [^.;,!?\n]{{3,120}}?),? "
            r"and only they (?:may|can) ",
            re.IGNORECASE,
        ),
        only_they,
    ),
    (
        regex(
            rf"{BEGIN}(?P<who>{WORD}s) (?:can |may )?see (?:all )?(?:the |our )?(?:{WORD} )?{WORD}s,? "
            rf"(?:and|but) (?:only their own|of the {WORD}s only their own) (?P<own>(?:{WORD} )?{WORD}s){END}",
            re.IGNORECASE,
        ),
        only_own,
    ),
)
"""How lending is told, and what says it plainly."""


def in_plain_lendings(text: str) -> str:
    """Return a text with what people tell of lending said in sentences of one fact each."""
    return rewritten(text, WAYS)
