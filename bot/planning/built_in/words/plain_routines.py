"""Says plainly what people tell of their days: what is handed out, what is measured, how long somebody worked.

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, listed, one, spoken_of
from bot.planning.built_in.words.rewriting import (
    BEGIN,
    END,
    MANY,
    NAME,
    NUMBER,
    PAUSE,
    WORD,
    Ways,
    added,
    replaced,
    rewritten,
    topic,
)
from bot.planning.built_in.words.vocabulary import a, is_verb_form, singular, word_set

__all__ = ["in_plain_routines"]

COUNT = (
    rf"(?:about |around |roughly |some |over |almost )?(?:{NUMBER}|\d+|twelve|twenty|thirty|forty|fifty|sixty|"
    r"a hundred|hundreds of|dozens of|a couple of|a dozen)"
)
OFTEN = r"(?:(?:every|each) (?:day|morning|evening|week|month|hour|year)|daily|weekly|monthly|hourly|twice a day)"
FACTS = rf"{NAME}(?:(?:, | and |, and )(?:the |its |their )?{NAME}){{0,3}}?"
LENDING = regex(rf"\b(?:lends?|rents?|hires?|hands?|gives?|loans?)(?: out)? (?P<many>{WORD}s)\b", re.IGNORECASE)
COMES_BACK = regex(r"\b(?:brings?|gives?|hands?|comes?|is) (?:it |them )?back\b|\breturn", re.IGNORECASE)
NOTES_TIME = r"(?:(?:,| and) (?:notes?|writes? down|records?|logs?|enters?) (?:down )?(?:the )?(?:date|time|day))?"
NOTES_RETURN = (
    r"(?:,? (?:and )?(?:when|once) (?:it|they)(?:'s| is| comes?| are|'re)? (?:back|returned|brought back),? "
    r"(?:he|she|they|we) (?:notes?|writes?|records?) (?:that|it|this) (?:down )?(?:too|as well|down))?"
)
FOLLOWS = (
    r"(?:follows?|corresponds? to|refers? to|relates? to|is based on|are based on|sticks? to|"
    r"(?:ferments?|ripens?|matures?|rests|dries|cools|grows|sleeps|sits|stays|stands|waits) (?:in|on|at))"
)
RULE = regex(r"\b(?:can't|cannot|can|must|may|only|not|never|nobody|no one|isn't|aren't|won't)\b", re.IGNORECASE)
PARTS_TAKEN = r"(?:role|part|position|seat|place|function|office|instrument)"
BARE = word_set("gravity value level pressure humidity ph")
"""What is measured as a number, though its name alone doesn't tell."""


def counted(found: re.Match[str], text: str) -> str:
    """Return "there are 60 plots with a number" without how many there are."""
    return replaced(found, text, f"There are {found['many']}")


def each_of_them(found: re.Match[str], text: str) -> str:
    """Return "plots with a number, each one is rented by …" with the name of what each one is."""
    thing = singular(found["many"].lower())
    return f"{text[: found.end('facts')]}. Each {thing} {found['verb']} {text[found.end() :]}"


def who_does(found: re.Match[str], text: str) -> str | None:
    """Return "by a member who pays a yearly fee" with what the member does in a sentence of its own."""
    sentence = re.split(r"[.;!?\n]", text[: found.start()])[-1]
    if not is_person(found["who"]) or RULE.search(sentence):
        return None
    verb = "has" if found["verb"].lower() == "pays" else found["verb"]
    said = f"{a(one(found['who'])).capitalize()} {verb} {found['rest']}"
    return f"{text[: found.end('who')]}. {said}{text[found.end() :]}"


def handed_out(found: re.Match[str], text: str) -> str | None:
    """Return "a nurse hands one out to a patient on a ward, notes the time" as a handout of all of them."""
    lent = LENDING.search(text[: found.start()])
    what = one(found["what"]) if found["what"] else one(lent["many"]) if lent else ""
    who, whom = one(found["who"]), one(found["whom"])
    if not what or not is_person(who) or not is_person(whom) or is_person(what):
        return None
    is_loan = lent is not None or COMES_BACK.search(text) is not None
    record = "loan" if is_loan else "handout"
    ends = [what, whom, *([one(found["where"])] if found["where"] else []), *([who] if who != whom else [])]
    facts = "a handed out at and an optional returned at" if is_loan else "a handed out at"
    told = f"Each {record} belongs to {listed(map(a, ends))}"
    return replaced(found, text, told, f"{a(record).capitalize()} has {facts}")


def measured(found: re.Match[str], text: str) -> str | None:
    """Return "we measure temperature and gravity every day" as measurements of what was told of last."""
    before = text[: found.start()]
    whole = one(found["of"]) if found["of"] else topic(before) or next(reversed(spoken_of(before)), "")
    if not whole:
        return None
    pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+", found["facts"])
    names = [re.sub(r"^(?:the|its|their) ", "", piece.lower()) for piece in pieces if piece.strip()]
    facts = [f"{a(name)} (float)" if name in BARE else a(name) for name in names]
    told = f"Each measurement belongs to {a(whole)}"
    return replaced(found, text, told, f"A measurement has {listed(['a date', *facts])}")


def worked(found: re.Match[str], text: str) -> str | None:
    """Return "we note who worked how long on which day" as work entries of the people that are told of."""
    named = re.findall(rf"\b{WORD}s?\b", text[: found.start()], re.IGNORECASE)
    people = [singular(noun.lower()) for noun in named if is_person(noun)]
    if not people:
        return None
    told = f"Each work entry belongs to {a(people[-1])}"
    return replaced(found, text, told, "A work entry has a date and a number of hours")


def linked(found: re.Match[str], text: str) -> str | None:
    """Return "each batch follows a recipe" as a batch that belongs to it."""
    who, what = one(found["who"]), one(found["what"])
    if is_person(who) or (" " in who and is_verb_form(who.split()[0])):
        return None
    more = [f"{a(who).capitalize()} {found['verb']} "] if found["verb"] else []
    facts = [f"{a(what).capitalize()} has {found['facts']}"] if found["facts"] else []
    return replaced(found, text, f"Each {who} belongs to {a(what)}", *facts, *more)


def part_taken(found: re.Match[str], text: str) -> str | None:
    """Return "an actor plays a role in a play" as a role of both."""
    if not is_person(found["who"]):
        return None
    part, who, whole = found["part"].lower(), one(found["who"]), one(found["whole"])
    return replaced(
        found, text, f"Each {part} belongs to {a(who)} and {a(whole)}", f"{a(part).capitalize()} has a name"
    )


def planned_for(found: re.Match[str], text: str) -> str | None:
    """Return "for each rehearsal we plan which scenes are rehearsed and who has to come" as what meets in it."""
    event, many = one(found["event"]), found["many"].lower()
    people = [noun for noun in re.findall(rf"\b{WORD}\b", text, re.IGNORECASE) if is_person(noun)]
    if found["come"] and not people:
        return None
    told = [f"Each {event} entry belongs to {a(event)} and {a(singular(many))}"]
    told += [f"Each attendance belongs to {a(one(people[0]))} and {a(event)}"] if found["come"] else []
    return replaced(found, text, *told)


def in_their_own(found: re.Match[str], text: str) -> str:
    """Return "for two hours, at most twice a week" as rules of their own behind the deed."""
    rules = [f"A booking lasts {found['long']}"] if found["long"] else []
    rules += [f"{a(one(found['who'])).capitalize()} can {found['verb']} {found['most']}"]
    rest = text[: found.start("tail")] + text[found.end() :]
    return added(rest, found.start("tail"), ". ".join(rules))


def logged(found: re.Match[str], text: str) -> str:
    """Return "we log contacts" as what is kept."""
    return replaced(found, text, f"We keep {found['many']}")


def for_some_time(found: re.Match[str], text: str) -> str:
    """Return "customers rent bikes for some days" with "a few", as of a time."""
    return f"{text[: found.start()]} for a few {found['unit']}{text[found.end() :]}"


def a_place(found: re.Match[str], text: str) -> str:
    """Return "where each one stands" as a place."""
    return f"{text[: found.start()]} a place{text[found.end() :]}"


def done_last(found: re.Match[str], text: str) -> str:
    """Return "when it was watered and fertilised last" as two dates."""
    days = [f"a last {done} on (date)" for done in (found["one"], found["other"]) if done]
    return f"{text[: found.start()]}{' and '.join(days)}{text[found.end() :]}"


def from_to(found: re.Match[str], text: str) -> str:
    """Return "from one time to another" as from a start to an end."""
    return f"{text[: found.start()]}from a start to an end{text[found.end() :]}"


def of_ours(found: re.Match[str], text: str) -> str:
    """Return "farmers rent machines from our cooperative" without whoever speaks."""
    return f"{text[: found.end('deed')]}{text[found.end() :]}"


def so_we(found: re.Match[str], text: str) -> str:
    """Return "…, so we note …" as a sentence of its own."""
    return f"{text[: found.start()]}. We {text[found.end() :]}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}(?:there are|we have|i have|we've got|i've got) {COUNT} "
                rf"(?P<many>{MANY})(?= (?:with|that have|which have) )"
            ),
            counted,
        ),
        (
            (
                rf"\b(?P<many>{MANY})(?P<facts> (?:with|that have) [^.;!?\n]{{3,80}}?), (?:and )?"
                r"each (?:one |of them )?(?P<verb>is|has|belongs) (?=[a-z])"
            ),
            each_of_them,
        ),
        (
            (
                rf"\b(?:by|to|from) an? (?P<who>{WORD}) who "
                rf"(?P<verb>pays|has|gets|earns|speaks|owns|belongs|lives|works) (?P<rest>[^.,;!?\n]+){END}"
            ),
            who_does,
        ),
        (
            (
                rf"{BEGIN}(?P<who>(?:an?|the|our) {NAME}|{MANY}) (?:hands?|gives?|lends?|passes?|issues?) (?:out )?"
                rf"(?:(?:an?|one of (?:our|the)) (?P<what>{WORD})|one|them)(?: out)? to (?:an?|the) (?P<whom>{WORD})"
                rf"(?: (?:on|in|at|from|of) (?:an?|the|his|her) (?P<where>{WORD}))?{NOTES_TIME}{NOTES_RETURN}{END}"
            ),
            handed_out,
        ),
        (
            (
                rf"{BEGIN}(?:an?|each|every) (?P<who>{NAME}) {FOLLOWS} (?:an?|one|the) (?P<what>{WORD})"
                r"(?: with (?P<facts>[^.,;!?\n]+))?"
                r"(?:,? (?:and )?(?=(?P<verb>ferments?|ripens?|has|gets|is|belongs)\b)(?:(?P=verb) )"
                rf"|{PAUSE})"
            ),
            linked,
        ),
        (
            (
                rf"{BEGIN}(?:we|i|(?:an?|the) {WORD}) (?:measure|take|check|note|record|weigh)s? (?:the |its |their )?"
                rf"(?P<facts>{FACTS})(?: (?:of|for) (?:each|every|an?|all) (?P<of>{WORD}))? {OFTEN}{END}"
            ),
            measured,
        ),
        (
            (
                rf"{BEGIN}(?:we|i) (?:need to |want to |have to )?(?:also )?(?:note|record|write down|"
                r"keep track of|track|log|know|see) (?:down )?who (?:has |have )?(?:worked|helped|volunteered|"
                r"practised|practiced|trained|came to help|cleaned) (?:for )?(?:how long|how many hours|how much)"
                rf"(?:(?: and|,)? (?:on which day|on what day|when|at which date|on which date))?{END}"
            ),
            worked,
        ),
        (
            (
                rf"{BEGIN}(?:an?|each|every) (?P<who>{WORD}) (?:plays|takes|has|holds|gets) an? "
                rf"(?P<part>{PARTS_TAKEN}) (?:in|at|on|for) an? (?P<whole>{WORD}){PAUSE}"
            ),
            part_taken,
        ),
        (
            (
                rf"{BEGIN}(?:for|in|at) (?:each|every) (?P<event>{WORD}),? (?:we|i) (?:also )?(?:plan|decide|note|"
                rf"record|choose|write down|fix|say) which (?P<many>{WORD}s) (?:are|were|get|will be|we) [a-z]+"
                rf"(?P<come>,? and who (?:has to|must|should|will|can)? ?(?:come|comes|be there|is there|came))?{END}"
            ),
            planned_for,
        ),
        (
            (
                rf"{BEGIN}(?P<who>(?:an?|each|every) {WORD}|{MANY}) (?:can |may )?"
                rf"(?P<verb>book|reserve|rent|borrow|use|hire)s? (?:an?|the|our|one) {NAME}"
                rf"(?P<tail>(?: for (?P<long>(?:{NUMBER}|an|half an|a) [a-z]+))?,? (?:and )?"
                rf"(?P<most>(?:at most|no more than|up to|only) (?:{NUMBER} times|once|twice) (?:an?|per) "
                rf"(?:day|night|evening|week|weekend|month|quarter|season|year))){END}"
            ),
            in_their_own,
        ),
        (rf"{BEGIN}(?:we|i) log (?P<many>{WORD}s){END}", logged),
        (r" for (?:some|several) (?P<unit>hours|days|weeks|months|nights)\b(?! of\b)", for_some_time),
        (
            r"(?<=[:,]) (?:and )?where (?:each one|it|each|each of them) (?:stands|is|lies|hangs|grows|is kept)\b",
            a_place,
        ),
        (
            (
                r"\bwhen (?:it|they) (?:was|were) (?P<one>[a-z]+ed)(?:,? and (?P<other>[a-z]+ed))? "
                r"(?:last|the last time)\b"
            ),
            done_last,
        ),
        (r"\bfrom (?:one|an?) (?:time|moment|hour) to (?:another|the next|a later one)\b", from_to),
        (rf"\b(?P<deed>(?:rent|borrow|hire|order|buy|book)s? (?:an? )?{WORD}) from (?:us|our {WORD})\b", of_ours),
        (r",? so we (?=(?:note|record|write down|keep|track|log|need|want)\b)", so_we),
    )
)
"""Ways of telling what happens day by day, and what says them plainly."""


def in_plain_routines(text: str) -> str:
    """Return a text with what it tells of days said in sentences of one fact each."""
    return rewritten(text, WAYS)
