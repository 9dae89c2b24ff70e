"""Says plainly what people come with: "sign their child up for a trip", "hand in what they find", "ask for a date".

As in `bot.planning.built_in.words.plain_values`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import belonging, having, is_occasion, is_person, one
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.plain_faults import FAULTS, fact_of
from bot.planning.built_in.words.plain_trades import JOBS, told_in
from bot.planning.built_in.words.rewriting import BEGIN, END, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, word_set

__all__ = ["in_plain_errands"]

MANY = rf"(?:{WORD} )??[a-z][a-z-]+s|people|children|staff"
MODAL = r"(?:(?:can|may|must|should|shall|will|have to|need to|want to|are asked to|usually|always|also|then) )*"
WHO = (
    rf"(?:(?:in|at|on) (?:our|the|my) {TERM},? )?(?:our |the |all |all the |all our |an? |each |every )?"
    rf"(?P<who>{MANY}|{TERM})"
)
BROKEN = r"(?:broken|wrong|damaged|defective|faulty|missing|not working|out of order|amiss)"
ASKED = word_set("appointment quote estimate viewing reservation booking slot lesson consultation meeting session")
"""What people ask for and get later: a record of its own."""
ELSE = regex(r"^(?:something|anything|everything|others?|some other|any other)(?: (?:else|thing|things))?$")
NO_ONES = word_set("it they paper form contract")
WORKED_OFF = FAULTS | JOBS | word_set("application claim call message enquiry inquiry repair")
"""What somebody takes on and works off."""
CLOSED = word_set("closed finished completed archived settled resolved filed finalized finalised")
"""The last step that is done with what was reported."""
DONE = r"(?P<deeds>(?:, (?:then )?[a-z]+s (?:it|them))*),? and (?:then |finally )?(?P<last>[a-z]+s) (?:it|them)"
FOUND_VERBS = r"(?:found|find|finds|come across|comes across|pick up|picks up|discover|discovers)"


def signed_up(found: re.Match[str], text: str) -> str | None:
    """Return "parents sign their child up for a trip" as registrations of a child, a parent, and a trip."""
    who, whom, what = one(found["who"]), one(found["whom"]), one(found["what"])
    verb = found["verb"].lower()
    is_enrolled = verb.startswith("enrol")
    is_up = is_enrolled or re.search(r"\bup\b", found[0], re.IGNORECASE) is not None
    is_clear = is_person(who) and not {whom, what} & NO_ONES and len({who, whom, what}) == len(["who", "whom", "what"])
    if not is_up or not is_clear:
        return None
    is_said_so = re.search(r"\bsign-ups?\b", text, re.IGNORECASE) is not None
    record = "enrolment" if is_enrolled else "sign-up" if is_said_so else "registration"
    return replaced(found, text, belonging(record, [whom, who, what]))


def found_things(found: re.Match[str], text: str) -> str | None:
    """Return "drivers hand in what they find, with a description" as found items of drivers, each with it."""
    thing = next((noun for noun in ("lost item", "found item", "item", "find") if noun in told_in(text)), "found item")
    who = one(found["who"])
    if not is_person(who):
        return None
    return replaced(
        found, text, belonging(thing, [who]), *([having(thing, [found["facts"]])] if found["facts"] else [])
    )


def broken_things(found: re.Match[str], text: str) -> str | None:
    """Return "tenants report what is broken: heating or water, and how urgent it is" as reports of tenants."""
    told = told_in(f"{text[: found.start()]}. {text[found.end() :]}")
    record = next((noun for noun in sorted(told & FAULTS)), "report")
    who = one(found["who"])
    if not is_person(who):
        return None
    facts = ["a description"] if not found["kinds"] else [f"a kind ({', '.join(kinds_of(found['kinds']))})"]
    if found["facts"]:
        pieces = re.split(r",\s*(?:and\s+)?|\s+and\s+", found["facts"])
        facts += [fact_of(piece.strip(), record) for piece in pieces]
    return replaced(found, text, belonging(record, [who]), having(record, facts))


def kinds_of(said: str) -> list[str]:
    """Return which kinds are named, with "other" for whatever else there may be."""
    kinds = [piece.strip().lower() for piece in re.split(r",\s*(?:or\s+|and\s+)?|\s+(?:or|and)\s+", said)]
    return ["other" if ELSE.match(kind) else kind for kind in kinds if kind]


def asked_for(found: re.Match[str], text: str) -> str | None:
    """Return "a customer asks for an appointment with an artist" as what a customer requests."""
    noun = found["what"].lower()
    if not is_occasion(noun) and noun.split()[-1] not in ASKED:
        return None
    verb = "requests" if found["verb"].lower() == "asks" else "request"
    return f"{text[: found.start('verb')]}{verb} {found['article']}{found['what']}{text[found.end() :]}"


def deposit_of(found: re.Match[str], text: str) -> str | None:
    """Return "requests an appointment and leaves a deposit of 50 euros" as the deposit of an appointment."""
    what = one(found["what"])
    record = what if is_occasion(what) or what in ASKED else "booking" if found["verb"].lower()[:4] == "book" else ""
    if not record:
        return None
    fact = f"{a(found['fact'].lower())} (default {found['number'].replace(',', '.')})"
    return f"{text[: found.start('and')]}. {having(record, [fact])}{text[found.end() :]}"


def worked_off(found: re.Match[str], text: str) -> str | None:
    """Return "the caretaker takes a report on, repairs it and closes it" as the steps that a report goes through."""
    record, who = one(found["what"]), one(found["who"])
    deeds = re.findall(r"[a-z]+s(?= (?:it|them))", found["deeds"].lower())
    steps = [participle(verb) for verb in (*deeds, found["last"].lower())]
    rest = f"{text[: found.start()]}. {text[found.end() :]}"
    is_told = re.search(rf"\b{record}s? (?:is|are) (?:first )?[a-z]+,", rest, re.IGNORECASE)
    is_worked = record.split()[-1] in WORKED_OFF
    if steps[-1] not in CLOSED or not is_worked or is_told or record not in told_in(rest) or not is_person(who):
        return None
    told = f"{a(record).capitalize()} is open, then taken on, then {', then '.join(steps)}"
    return replaced(found, text, f"{a(record).capitalize()} may belong to {a(who)}", told)


def surely_taken(found: re.Match[str], text: str) -> str | None:
    """Return a text without "nothing may be closed that nobody took on", where taking on is the step before."""
    if not re.search(rf"\bis open, then taken on, [^.]*then {found['state']}\b", text, re.IGNORECASE):
        return None
    begin = found["begin"] if re.match(r"[.!?;:\n]|$", found["begin"]) else ". "
    return f"{text[: found.start()]}{begin}{text[found.end() :].lstrip(' .')}"


def several_such(found: re.Match[str], text: str) -> str:
    """Return "has one or more styles such as a, b or c" as several of them, such as a, b and c."""
    kinds = f"{found['first']} and {found['last']}"
    return f"{text[: found.start()]}several {found['many']}, such as {kinds}{text[found.end() :]}"


def needed_later(found: re.Match[str], text: str) -> str | None:
    """Return "a report has a comment. It may only be closed once it has a comment" with an optional comment."""
    told = re.search(
        rf"\b(?:has|have|with)\b[^.;:!?\n]*?\b(?:an?|the) {found['fact']}\b(?! [a-z]*(?:number|date)| \()",
        text[: found.start()],
        re.IGNORECASE,
    )
    return f"{text[: told.end()]} (optional){text[told.end() :]}" if told else None


def in_brackets(found: re.Match[str], text: str) -> str | None:
    """Return "has a name and a style: blackwork, traditional or fine line" with the values in brackets."""
    if re.search(r"\b(?:who|that|which|if|when|can|may|must|only)\b", found["before"], re.IGNORECASE):
        return None
    return f"{text[: found.start('colon')]} ({found['values'].strip()}){text[found.end() :]}"


VALUE = (
    r"(?!(?:an?|the|its|their|each|how|what|when|where|whether|which|who|first|then|finally|either|one|any)\b)[a-z][\w-]*(?"
    r":"
    r" (?!or\b|and\b)[a-z][\w-]*){0,2}"
)
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}{WHO} {MODAL}(?P<verb>signs? up|signs?|enrols?|enrolls?|puts? up) "
                r"(?:their|his|her|an?|the|one of their) "
                rf"(?P<whom>{TERM})(?: (?:up|in|down))? (?:for|in|on) (?:an?|the|one of (?:our|the))"
                rf" (?P<what>{TERM}){END}"
            ),
            signed_up,
        ),
        (
            (
                rf"{BEGIN}{WHO} {MODAL}(?:hands? in|hands? over|brings? in|reports?|enters?|records?|turns? in|"
                r"registers?|logs?|notes?) (?:what|whatever|everything|all|anything)(?: that)? (?:they|he|she|we)"
                r"(?:'ve| have|has)? "
                rf"{FOUND_VERBS}(?: (?:in|on|at) (?:the|our|their) {TERM})?"
                rf"(?:,? (?:with|giving|including|noting|and note) (?P<facts>[^.;:!?\n]+?))?{END}"
            ),
            found_things,
        ),
        (
            (
                rf"{BEGIN}{WHO} {MODAL}(?:reports?|tell us|tells us|says?|lets us know|let us know) "
                rf"(?:what|whatever|anything that|everything that)(?:'s| is| has gone| seems)(?: to be)? {BROKEN}"
                rf"(?: (?:in|on|at|with) (?:their|the|our|his|her) {TERM})?"
                rf"(?:(?:: | \(| [-–—] )(?P<kinds>{VALUE}(?:, {VALUE})*,? or {VALUE})\)?)?"
                rf"(?:(?:,? and|,|,? with) (?P<facts>(?:how|where|when|since when|an?|the) [^.;:!?\n]+?))?{END}"
            ),
            broken_things,
        ),
        (
            (
                rf"{BEGIN}{WHO} {MODAL}(?P<verb>asks?) (?:us )?for (?P<article>an? )(?P<what>{TERM})"
                r"(?=\s*(?:[.;!?\n]|$)| (?:with|at|on|in|for|and)\b)"
            ),
            asked_for,
        ),
        (
            (
                rf"{BEGIN}{WHO} {MODAL}(?P<verb>requests?|books?|reserves?|makes?) (?:an?|the) (?P<what>{TERM})"
                r"(?: (?:with|at|on|in|for) [^.,;:!?\n]+?)?"
                r"(?P<and>,? and (?:leaves?|pays?|puts? down|makes?)) an? (?P<fact>deposit|down payment|advance|fee) "
                rf"of (?:[€$£] ?)?(?P<number>\d+(?:[.,]\d\d)?)(?: ?[€$£]| (?:euros?|dollars?|pounds?|francs?))?{END}"
            ),
            deposit_of,
        ),
        (
            (
                rf"{BEGIN}(?:the|our|an?) (?P<who>{TERM}) (?:then )?takes (?:on )?(?:an?|the|each|every)"
                rf" (?P<what>{TERM})"
                rf"(?: on| up| over)?{DONE}(?=\s*(?:[.;!?\n]|$)|,? (?:and|but) nothing\b)"
            ),
            worked_off,
        ),
        (
            (
                rf"{BEGIN}nothing (?:may|can|must|should) (?:ever )?be (?P<state>{WORD}) (?:that|which) "
                rf"(?:nobody|no one) (?:took|has taken) (?:on|up)(?:\.|{END})"
            ),
            surely_taken,
        ),
        (
            (
                rf"\b(?:one or (?:more|several|many)|at least one(?: of several)?|some|various) (?P<many>{MANY}),? "
                rf"(?:such as|like|for example|for instance|e\.\s?g\.) (?P<first>{VALUE}(?:, {VALUE})*),? or"
                rf" (?P<last>{VALUE})"
                r"(?=\s*(?:[.;!?\n]|$)|, and )"
            ),
            several_such,
        ),
        (
            (
                rf"\bonly be {WORD} (?:once|when|if|after|as soon as) (?:it|they|the {WORD}) (?:has|have) "
                rf"(?:an?|the|their|its) (?P<fact>{TERM}){END}"
            ),
            needed_later,
        ),
        (
            (
                r"\b(?P<before>(?:has|have|with) [^.;:!?\n()]*?)"
                rf"(?<=\b)an? (?:{WORD} )?{WORD}(?P<colon>: )(?P<values>{VALUE}(?:, {VALUE})*,? or {VALUE}){END}"
            ),
            in_brackets,
        ),
    )
)
"""Ways of telling what people come with, and what says them plainly."""


def in_plain_errands(text: str) -> str:
    """Return a text with what people come with said in sentences of one fact each."""
    return rewritten(text, WAYS)
