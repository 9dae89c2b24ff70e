"""Says in clauses what people do with what was spoken of: "others vote on them", "one of them is right".

As in `bot.planning.built_in.words.plain_clauses`, each way of speaking has one meaning only, and is said in words that
readers know.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.rewriting import CLAUSE, END
from bot.planning.built_in.words.told_records import NOTING, PAUSE, Plain, begun
from bot.planning.built_in.words.vocabulary import a, singular, word_set

__all__ = ["DEEDS_TOLD"]

MANY = r"(?!(?:this|its|his|always|has|is|was|as|us|minutes|hours|days|weeks|years)\b)[a-z][a-z-]*s"
ANYBODY = r"(?:everybody|everyone|anybody|anyone|people|others|all|some|the others|other people)"
CAN = r"(?:(?:can|may|could|will|should)\s+)?(?:also\s+)?"
SHOWN = {
    "vote": ("vote", ""), "like": ("like", ""), "upvote": ("vote", ""), "rate": ("rating", "a number of stars"),
    "comment": ("comment", "a text"), "review": ("review", "a text"), "bookmark": ("bookmark", ""),
}  # fmt: skip
"""What people show about things: the record of it, and its fact."""
SHOW = rf"(?P<show>{'|'.join(SHOWN)})(?:\s+(?:on|for|about|up))?"
OFFER = r"(?:suggest|propose|submit|post|send in|hand in|upload|share|publish|write|make|add|report)"
PARTS = (
    r"(?:took part|takes? part|(?:were|are) (?:there|present|sent|[a-z]+ed)|(?:came|come|went)(?: along| out)?|"
    r"attend(?:ed)?|help(?:ed)?|play(?:ed)?|joined|participated|sang|sing|won|spoke)"
)
WHICH = rf"which (?P<one>{MANY})(?: {PARTS})?(?:,? and (?:which )?(?P<other>{MANY}))? {PARTS}" + END
"""Who or what took part in something: "which members and vehicles took part"."""
HAND_IN = (
    r"(?:hand in|bring|bring in|bring along|submit|send in|drop off|deliver|enter|register|upload|put up|list|donate|"
    r"give away)"
)
BOOKS = (
    r"(?:logbook|log book|log|book|register|diary|file|table|spreadsheet|sheet|calendar|journal|ledger|notebook|guest "
    r"book|record book|list)"
)
GAINS = r"(?:points|a score|scores|a grade|grades|a mark|marks|a certificate|a result|a fee|a prize|a rank|a time)"
DOES_WHAT = r"(?:play|solve|complete|take|sit|run|swim|answer|finish|write)"
JOIN = {
    "enroll": "enroll in", "enrol": "enrol in", "register": "register for", "sign up": "sign up for",
    "apply": "apply for", "subscribe": "subscribe to",
}  # fmt: skip
JOINED = {
    "enroll": "enrollment", "enrol": "enrolment", "register": "registration", "sign up": "signup",
    "apply": "application", "subscribe": "subscription",
}  # fmt: skip
MEETINGS = word_set(
    "courses classes workshops events trips tours races lessons camps tournaments seminars trainings exams concerts "
    "matches conferences retreats excursions hikes competitions"
)
"""What people register for; elsewhere, who registers may only want an account."""
GROUPS = (
    r"(?:association|club|society|choir|parish|church|council|committee|foundation|charity|union|brigade|cooperative|"
    r"co-op|community|federation|league|network|initiative)"
)
SCHOOLS = r"(?:school|academy|college|centre|center|studio|agency|shop|company|office|institute|university|club)"


def shown(found: re.Match[str], many: str, who: str = "person") -> str:
    """Return the record of what people show about things: "a vote belongs to a person and an improvement"."""
    record, fact = SHOWN[found["show"].lower()]
    more = f". {a(record).capitalize()} has {fact}" if fact else ""
    return f"{a(record)} belongs to {a(who)} and {a(singular(many.lower()))}{more}"


def liked(found: re.Match[str]) -> str:
    """Return "everybody can like recipes" as records."""
    return begun(found, shown(found, found["many"]))


def asked_for(found: re.Match[str]) -> str:
    """Return "people ask for lost items" as requests, where items were spoken of before."""
    who, many = singular(found["who"].lower()), found["many"].lower()
    if not re.search(rf"\b{many}\b", found.string[: found.start()], re.IGNORECASE):
        return found[0]
    return begun(found, f"each request belongs to {a(who)} and {a(singular(many))}")


def offered(found: re.Match[str]) -> str:
    """Return "people suggest improvements, others vote on them" in two sentences."""
    who = singular(found["who"].lower()) if found["others"].lower() in {"others", "the others"} else "person"
    record = shown(found, found["many"], who)
    thing = singular(found["many"].lower())
    whose = f". Each {thing} belongs to a person" if found["who"].lower() == "people" else ""
    return f"{found['first']}{whose}. {capital(record)}"


def decided(found: re.Match[str]) -> str:
    """Return "the board decides (accepted, rejected, later)" behind a vote as the status of what was voted on."""
    values = [one for one in re.split(r"\s*(?:,|/|\bor\b)\s*", found["values"]) if one]
    listed = f"{', '.join(values[:-1])} or {values[-1]}"
    return f"{found['lead']} {found['thing']}{found['facts']}. The status of {a(found['thing'].lower())} is {listed}"


def one_is(found: re.Match[str]) -> str:
    """Return "four answers, one of them is right" with what each answer is or isn't."""
    one = singular(found["many"].lower())
    return f"{found['lead']}{found['many']}. Each {one} has whether it is {found['state']}"


def took_part(found: re.Match[str]) -> str:
    """Return "we note which members and vehicles took part" as links both ways of what was spoken of."""
    thing = found["of"].lower()
    kinds = [singular(one) for one in (found["one"], found["other"]) if one]
    links = [f"{a(thing)} has several {plural(kind)} and {a(kind)} has several {plural(thing)}" for kind in kinds]
    said = ". ".join(capital(link) for link in links)
    return begun(found, said) if "begin" in found.groupdict() else f"{found['lead']}. {said}"


def handed_in(found: re.Match[str]) -> str:
    """Return "sellers … hand in up to 30 items, each with a price" as items of a seller, with what each has."""
    who, one = singular(found["who"].lower()), singular(found["many"].lower())
    known = f"{found['who']}{found['known']}. " if found["known"] else ""
    most = f". {a(who).capitalize()} has at most {found['most']} {found['many']}" if found["most"] else ""
    begin = found["begin"]
    said = f"{known}Each {one} belongs to {a(who)}. {a(one).capitalize()} has {found['facts']}{most}"
    return f"{begin}{said}"


def for_one(found: re.Match[str]) -> str:
    """Return "parcels come with a number, for a resident" as facts, and as whom each belongs to."""
    return f"{found['lead']}. Each {singular(found['many'].lower())} belongs to {found['whom']}"


def gained(found: re.Match[str]) -> str:
    """Return "players play quizzes and get points" as what is kept of each time."""
    gain = found["gain"].lower()
    gain = "points" if gain == "points" else gain if gain.startswith("a ") else a(singular(gain))
    if found["verb"].lower() == "play":
        return f"{found['begin']}{found['lead']}. Each play has {gain}"
    if found["verb"].lower() in {"take", "sit"}:
        return f"{found['begin']}{found['lead']} with {gain}"
    whose = f"{a(singular(found['who'].lower()))} and {a(singular(found['what'].lower()))}"
    return begun(found, f"each result belongs to {whose}. A result has {gain}")


def joined(found: re.Match[str]) -> str:
    """Return "students enroll and pay a fee", behind what is spoken of, with what they enroll in."""
    verb = found["verb"].lower()
    if not found["fee"] and found["of"].lower() not in MEETINGS:
        return found[0]
    fee = f". Each {JOINED[verb]} has {found['fee']}" if found["fee"] else ""
    return f"{found['lead']}{found['who']} {JOIN[verb]} {found['of'].lower()}{fee}"


LENDING = regex(r"\b(?:lend|lends|borrow|borrows|loans?|lent|library)\b", re.IGNORECASE)
TOLD_AGAIN = regex(
    r"\b(?:(?:an?|each|every|one) [a-z-]+|[a-z-]+s|people|children) (?:(?:can|may) )?"
    r"(?:borrow|rent|loan|takes? (?:[a-z]+ ){0,3}home)|\bloans? (?:has|have|belongs?|is|are|lasts?)\b",
    re.IGNORECASE,
)
PERIOD = regex(
    r"\s*(?:from|until|till|between|for (?:an?|one|two|three|four|up to|at most|\d+)|and (?:brings?|returns?))\b",
    re.IGNORECASE,
)


def taken_home(found: re.Match[str]) -> str:
    """Return "a pupil takes an instrument home from one day to another" as what the pupil borrows."""
    rest = found.string[found.end() :]
    is_loan = LENDING.search(found.string) or PERIOD.match(rest)
    if not is_loan or is_person(found["what"]) or not (is_person(found["who"]) or PERIOD.match(rest)):
        return found[0]
    is_one = re.match(r"(?:an?|each|every|the|one) ", found["who"], re.IGNORECASE) and not found["can"]
    verb = "borrows" if is_one else "borrow"
    return f"{found['begin']}{found['who']} {found['can'] or ''}{verb} {found['what']}"


def lent_to(found: re.Match[str]) -> str:
    """Return "we lend instruments to our pupils" as what pupils borrow; no more than both, where it is told again."""
    things, who = found["things"].lower(), found["who"].lower()
    others = f"{found.string[: found.start()]} {found.string[found.end() :]}"
    if not others.strip(" .!"):
        return found[0]
    house = f"{found['house']}. " if found["house"] else ""
    is_told = TOLD_AGAIN.search(others)
    said = f"we keep {things} and {who}" if is_told else f"{who} borrow {things}"
    return begun(found, f"{house}{capital(said)}" if house else said)


ONCE = r"(?![\s\S]*\b(?P=last)(?:e?s)?\b)"
"""A setting is spoken of once: what is spoken of again is one of the things."""


def in_levels(found: re.Match[str]) -> str:
    """Return "courses at levels A1 to C2" with the levels that they can have."""
    first, last = found["first"].upper(), found["last"].upper()
    letters = [chr(code) for code in range(ord(first[0]), ord(last[0]) + 1)]
    levels = [f"{letter}{number}" for letter in letters for number in range(int(first[1]), int(last[1]) + 1)]
    if not 1 < len(levels) <= 12:
        return found[0]
    return f"{found['many']}. {found['many'].capitalize()} have a level ({' / '.join(levels)})"


DEEDS_TOLD: tuple[tuple[str, Plain], ...] = (
    (
        (rf"{CLAUSE}(?P<who>(?:(?:an?|each|every|the|one) )?[a-z][a-z-]+) (?P<can>(?:can|may) )?takes? "
        r"(?P<what>(?:(?:an?|one|the|some|several|our) )?[a-z][a-z-]+(?: (?!home\b)[a-z-]+)?) (?:home|with them)\b"
        r"(?: with them)?"),
        taken_home,
    ),
    (
        (rf"{CLAUSE}(?:(?P<house>we are (?:an?|the) [a-z-]+(?: [a-z-]+){{0,3}}),? and (?:we )?|we )(?:lend|loan)"
        rf"(?: out)? (?:our |the )?(?P<things>{MANY}) to (?:our |the )?(?P<who>{MANY}|children|people){END}"),
        lent_to,
    ),
    (rf"\b(?:needs?|requires?) (?=(?:at least|at most) (?:\d+|[a-z]+) {MANY}{END})", "must have "),
    (
        (rf"^(?:our|my) (?:[a-z]+s?'s? )?(?:[a-z-]+ )?{GROUPS} (?:runs|holds|organi[sz]es|operates)\s+"
        rf"(?P<what>an? (?:[a-z-]+ ){{0,4}}(?P<last>[a-z]+))\.\s+(?=[A-Z][a-z]+s\b){ONCE}"),
        r"\g<what>: ",
    ),
    (
        (r"^(?:our|my|the) [a-z]+ has (?P<what>an? [^.:;,\n]{0,30}?(?P<last>library|room|garden|workshop|shop|store|"
        rf"kitchen|studio|depot|archive|pool|cellar|bar|museum|shed))\.\s+(?=[A-Z]){ONCE}"),
        r"\g<what>: ",
    ),
    (
        rf"^(?:an?|our|my) (?:[a-z-]+ ){{0,2}}(?P<last>{SCHOOLS}) (?:offers|teaches|gives)\s+(?={MANY}\b){ONCE}",
        "We keep ",
    ),
    (rf"\b(?P<many>{MANY}) (?:at|of|on|in) (?:the )?levels (?P<first>[a-z]\d) (?:to|-|–) (?P<last>[a-z]\d)", in_levels),
    (
        (rf"(?P<first>\b(?P<who>people|{MANY})\s+{CAN}{OFFER}\s+(?P<many>{MANY})\b[^.;:\n,]{{0,60}})(?:,\s+(?:and\s+)?|\s+and\s+)"
        rf"(?P<others>{ANYBODY})\s+{CAN}{SHOW}\s+(?:them|it|these|those)\b"),
        offered,
    ),
    (rf"{CLAUSE}{ANYBODY}\s+{CAN}{SHOW}\s+(?:the |all |our )?(?P<many>{MANY}){PAUSE}", liked),
    (
        r"(?P<lead>\b(?:vote|rating|comment|like|review) belongs to an? [a-z]+ and an?) (?P<thing>[a-z-]+)"
        r"(?P<facts>(?:\. An? [a-z]+ has [^.]+)?)(?:\.|,)?\s*(?:and\s+)?(?:then\s+)?(?:the|our|an?) [a-z]+ "
        r"(?:decides?|says|chooses)(?: on (?:them|it))?:?\s*\(?"
        r"(?P<values>[a-z]+(?:\s*[,/]\s*[a-z]+)*(?:,?\s+or\s+[a-z]+|\s*[,/]\s*[a-z]+))\)?" + END,
        decided,
    ),
    (
        r"(?P<lead>\b(?:has|have|with) (?:exactly |at least |up to )?(?:\d+|two|three|four|five|six|seven|eight|"
        r"nine|ten|several|many|some) "
        rf"(?:possible )?)(?P<many>{MANY})(?:,\s+(?:and\s+|but\s+)?|\s+and\s+|,?\s+of which\s+)"
        r"(?:only |exactly |just )?one (?:of (?:them|these|which) )?is (?P<state>(?!optional|required)[a-z]+)" + END,
        one_is,
    ),
    (
        (r"(?P<lead>\b(?:an?|each|every|the) (?P<of>[a-z]+) (?:has|is|takes|starts|lasts) [^.;\n]{2,160}?),?\s+and "
        rf"(?:we|i)(?: also)? {NOTING}(?: down)? {WHICH}"),
        took_part,
    ),
    (
        (rf"{CLAUSE}(?P<lead>(?:for|of|at) (?:each|every) (?P<of>[a-z]+)),? "
        rf"(?:we|i)(?: also)? {NOTING}(?: down)? {WHICH}"),
        took_part,
    ),
    (
        rf"(?P<lead>\b(?P<many>{MANY}) (?:come with|have) [^.;\n]{{2,160}}), (?:and )?"
        r"(?:are )?for (?P<whom>an? [a-z]+)" + END,
        for_one,
    ),
    (
        rf"(?P<begin>^|[.:!?]\s+|\n\s*)(?P<who>{MANY})(?P<known> (?:(?:get|have|receive) [^.;,\n]+?|register|sign up))?"
        rf"(?(known),?\s+and)\s+{CAN}{HAND_IN}\s+"
        rf"(?:(?:up to|at most|max(?:imum)?)\s+(?P<most>\d+)\s+|(?:several|some|many|their|a few|the|old|used)\s+)?"
        rf"(?P<many>{MANY}),? (?:each|all of them|all) (?:with|having) (?P<facts>[^.;!?\n]+)" + END,
        handed_in,
    ),
    (
        (rf"{CLAUSE}(?P<who>people|{MANY}) {CAN}(?:ask for|ask about|enquire about|inquire about)\s+"
        rf"(?:(?:the|a|their|lost|missing|certain|special) )?(?P<many>{MANY}){PAUSE}"),
        asked_for,
    ),
    (
        rf"{CLAUSE}(?P<lead>(?P<who>people|{MANY}) {CAN}(?P<verb>{DOES_WHAT}) (?P<what>{MANY})),?\s+(?:and|to)\s+"
        rf"(?:they\s+)?(?:get|earn|score|collect|receive|win)\s+(?P<gain>{GAINS})" + END,
        gained,
    ),
    (
        rf"(?P<lead>\b(?P<of>{MANY}) have [^.;\n]{{2,160}}[.;]\s+)(?P<who>people|{MANY}) {CAN}"
        rf"(?P<verb>{'|'.join(JOIN)})"
        r"(?:(?:\s+and|,)\s+pay (?P<fee>an? [a-z]+(?: [a-z]+)?))?" + END,
        joined,
    ),
    (
        (r"\b(?P<of>(?:each|every|an?) [a-z]+(?: [a-z]+)?) (?:is|gets|must be) "
        rf"(?:written|entered|recorded|noted|logged|kept|put)(?: down)? (?:in|into|on) (?:the|an?|our) {BOOKS},?"
        r" with\s+"),
        r"\g<of> has ",
    ),
    (
        rf"\b(?P<of>(?:each|every|an?) [a-z]+(?: [a-z]+)?) (?:is|gets|must be) "
        rf"(?:written|entered|recorded|noted|logged)(?: down)? (?:in|into|on) (?:the|our) {BOOKS}" + END,
        r"we keep \g<of>",
    ),
)  # fmt: skip
"""Ways of telling what people do, and the plain words for each."""
