"""Says plainly what people get and use up, what they write afterwards, and for when they order something.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: "patients get a
prescription for ten treatments; each appointment uses up one of them", "after the lesson she writes a short report".
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_occasion, is_person, listed, one
from bot.planning.built_in.words.plain_occasions import is_told, record_of
from bot.planning.built_in.words.plain_wishes import dates_of
from bot.planning.built_in.words.rewriting import (
    END,
    MANY,
    NUMBER,
    PAUSE,
    SENTENCE,
    TERM,
    THEN,
    WORD,
    Ways,
    put_apart,
    rewritten,
)
from bot.planning.built_in.words.vocabulary import a, has_plural, singular, word_set

__all__ = ["in_plain_dealings"]

WHO = rf"(?P<who>people|(?:an?|each|every) {WORD}|(?:our )?{MANY})"
PASSES = word_set(
    "prescription voucher card ticket pass package contract subscription permit coupon pack booklet bundle plan "
    "membership credit licence license allowance budget course referral"
)
"""What stands for a number of things that it is good for."""
COUNT = rf"(?:an? (?:certain |fixed |given )?number of|several|some|many|a few|up to {NUMBER}|{NUMBER})"
USES = r"(?:uses? up|uses?|takes up|counts as|consumes?|is taken from|is deducted from|costs)"
MADE = regex(
    rf"\beach (?P<pass>{TERM}) belongs to [^.\n]+\. an? (?P=pass) has an? (?:number of (?P<units>[a-z -]+?)|"
    r"(?P<unit>[a-z -]+) count)(?=[.\n]|$)",
    re.IGNORECASE,
)
WRITES = (
    r"(?:writes?|adds?|gives?|leaves?|files?|makes?|puts? down|jots? down|fills? in|hands? in|submits?)(?: "
    r"(?:us|in))?"
)
TEXTS = (
    r"(?:report|note|notes|summary|review|lines|sentences|comment|comments|feedback|remark|remarks|evaluation|protocol|"
    r"assessment|debriefing)"
)
SAID_AS = {"lines": "note", "sentences": "note", "notes": "note", "comments": "comment", "remarks": "remark"}
ABOUT = (
    r"(?: (?:on|about|of|for) (?:it|them|how it went|how it was|what (?:was done|happened|they did)|the "
    r"(?P<about>[a-z]+)))?"
)
BOXES = r"(?:box|crate|bag|bunch|basket|tray|bottle|barrel|pack|packet|pallet|sack|jar|set|bouquet|parcel)"
DAYS = (
    r"(?:(?:next |the next |the coming )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|the weekend|the (?:next|"
    r"following) day|"
    r"next week|tomorrow|christmas|easter|new year|a (?:fixed|certain|given) day|(?:one|some) day)"
)
ORDERS = r"(?:orders?|pre-?orders?|reserves?|requests?)"


def good_for(found: re.Match[str], text: str) -> str | None:
    """Return "patients get a prescription for a number of treatments" as prescriptions with that number."""
    who, what = one(found["who"]), found["what"].lower()
    if not is_person(who) or what.split()[-1] not in PASSES:
        return None
    units, rest = found["units"].lower(), text[found.end() :]
    is_thing = re.search(rf"\b(?:an?|each|every) {singular(units)}\b", rest, re.IGNORECASE)
    count = a(f"{singular(units)} count") if is_thing else f"a number of {units}"
    return put_apart(found, text, f"Each {what} belongs to {a(who)}", f"{a(what).capitalize()} has {count}")


def used_up(found: re.Match[str], text: str) -> str | None:
    """Return "each appointment uses up one of them, is with …" as appointments of what they are taken from."""
    made = list(MADE.finditer(text, 0, found.start()))
    if not made:
        return None
    use, units = found["use"].lower(), (found["unit"] or found["one"] or "").lower()
    of = made[-1]
    if units and singular(units) not in {singular((of["units"] or of["unit"]).lower()), of["pass"].lower()}:
        return None
    rest = re.match(r",? and (?=[a-z])|, (?=[a-z])", text[found.end() :])
    told = put_apart(found, text, f"Each {use} belongs to {a(of['pass'].lower())}")
    if not rest:
        return told
    at = len(told) - (len(text) - found.end())
    return f"{told[:at]}. Each {use} {told[at + rest.end() :]}"


def written_after(found: re.Match[str], text: str) -> str | None:
    """Return "after the lesson she writes a short report" as a report that each lesson has."""
    event, said = singular(found["event"].lower()), found["text"].lower()
    others = f"{text[: found.start()]} {text[found.end() :]}"
    about = singular((found["about"] or "").lower())
    is_own = re.search(
        rf"\b(?:an?|each|every|the) {singular(said)} (?:has|is|belongs|says|names)\b", others, re.IGNORECASE
    )
    is_known = is_told(event, others) or is_occasion(event) or record_of(event, found, text) != event
    if is_own or not is_known or is_person(event) or about not in {"", event}:
        return None
    who = singular((found["who"] or "").lower())
    record = record_of(event, found, text)
    is_new = who and is_person(who) and not is_told(who, others)
    link = [f"{a(record).capitalize()} may belong to {a(who)}"] if is_new else []
    dates = [] if record == event else dates_of(record)
    return put_apart(found, text, *link, f"{a(record).capitalize()} has {listed([*dates, a(SAID_AS.get(said, said))])}")


def ordered_for(found: re.Match[str], text: str) -> str | None:
    """Return "customers order boxes of vegetables for Friday" as orders for a date."""
    who, what = one(found["who"]), one(found["box"] or found["what"])
    if is_person(what) or not has_plural((found["box"] or found["what"]).lower()):
        return None
    record = "reservation" if found["verb"].lower().startswith("reserve") else "order"
    told = f"Each {record} belongs to {a(who)} and {a(what)}"
    return put_apart(found, text, told, f"{a(record).capitalize()} has a date")


def taken_and_brought(found: re.Match[str], text: str) -> str | None:
    """Return "actors take a prop for a play and bring it back after the show" as loans, and until when as a rule."""
    who, what, aim = one(found["who"]), one(found["what"]), (found["aim"] or "").lower()
    if not is_person(who) or is_person(what):
        return None
    ends = [who, what, *([singular(aim)] if aim and not is_person(aim) else [])]
    told = [f"Each loan belongs to {listed(map(a, ends))}", f"A loan has {listed(dates_of('loan'))}"]
    told += [f"{a(what).capitalize()} must be given back {found['when']}"] if found["when"] else []
    return put_apart(found, text, *told)


def looked_after(found: re.Match[str], text: str) -> str | None:
    """Return "a court is looked after by one groundsman" as a court that belongs to a groundsman."""
    thing, who = one(found["thing"]), singular(found["who"].lower())
    if not is_person(who) or is_person(thing):
        return None
    return put_apart(found, text, f"Each {thing} belongs to {a(who)}")


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{THEN}{WHO} (?:can |may )?(?:gets?|receives?|buys?|has|have|(?:is|are) given|purchases?) an? "
                rf"(?P<what>{TERM}) (?:for|with|of|that is good for|good for|worth) {COUNT} (?P<units>{TERM}){PAUSE}"
            ),
            good_for,
        ),
        (
            (
                rf"{SENTENCE}(?:an?|each|every) (?P<use>{TERM}) {USES} (?:one|a single one|1)"
                rf"(?: of (?:them|these|those|the (?P<unit>{WORD}s))| (?P<one>{WORD}))?{PAUSE}"
            ),
            used_up,
        ),
        (
            (
                rf"{THEN}(?:after|following|at the end of) (?:an?|the|each|every|his|her|their) (?P<event>{TERM}),? "
                rf"(?:she|he|they|we|i|somebody|someone|(?:the|our|an?) (?P<who>{WORD})) (?:then |also |always )?"
                rf"{WRITES} (?:an?|some|a few|a couple of|two or three|their|his|her) "
                rf"(?:(?:short|brief|little|written|quick|small) )?(?P<text>{TEXTS}){ABOUT}{END}"
            ),
            written_after,
        ),
        (
            (
                rf"{THEN}{WHO} (?:can |may )?(?P<verb>{ORDERS}) "
                rf"(?:(?P<box>{BOXES}(?:e?s)) of {WORD}|(?P<what>{TERM})) "
                rf"for {DAYS}{PAUSE}"
            ),
            ordered_for,
        ),
        (
            (
                rf"{THEN}{WHO} (?:can |may )?(?:takes?|fetch(?:es)?|picks? up|collects?|grabs?|gets?) "
                rf"(?:an?|one of (?:our|the)) (?P<what>{TERM})(?: (?:out|home|along))*"
                rf"(?: for an? (?P<aim>{WORD}))? and (?:then )?(?:brings?|returns?|gives?|takes?) (?:it|them)(?: back)?"
                rf"(?: (?P<when>(?:after|before|by|until|when|once|on) [^.,;!?\n]+))?{END}"
            ),
            taken_and_brought,
        ),
        (
            (
                rf"{SENTENCE}(?:an?|each|every) (?P<thing>{TERM}) (?:is|gets) (?:always )?"
                r"(?:looked after|taken care of|cared for|seen to|kept in order|minded) by "
                rf"(?:an?|one|our) (?P<who>{TERM}){END}"
            ),
            looked_after,
        ),
    )
)
"""Ways of telling what people get, write and order, and what says it plainly."""


def in_plain_dealings(text: str) -> str:
    """Return a text with what people get, write and order said in sentences of one fact each."""
    return rewritten(text, WAYS)
