"""Says in sentences of one fact each what people want to see, tell and get: "which van goes to which move".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.documents.naming import capital, plural
from bot.patterns import regex
from bot.planning.built_in.words.choice_phrases import HOW_CALLED
from bot.planning.built_in.words.deed_nouns import belonging, having, is_person, noun_of, one
from bot.planning.built_in.words.plain_trades import AT_TIMES, told_in
from bot.planning.built_in.words.rewriting import END, SENTENCE, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import PLACES, a, word_set

__all__ = ["in_plain_overviews"]

WANT = (
    r"(?:(?:for (?:our|my|the) [^.,;!?\n]{2,40}?,? )?"
    r"(?:(?:i|we)(?:'d| would)? (?:also |just |really )*(?:like|want|need|love|have) (?:to (?:be able to )?)?|"
    r"(?:i|we) (?:must|should|can't|never) )(?:always |clearly |finally |quickly )*"
    r"(?:see|know|keep track of|track|record|write down|note(?: down)?|find out|look up|show|plan|an overview of|"
    r"a list of|a plan of|decide|store|manage|remember)|it (?:should|must) be clear|it isn't clear)"
    r"(?: at a glance| at any time| quickly| always)?,? "
)
DAY = r"(?P<day> (?:on|in|at|for|during) which (?:day|date|evening|morning|weekend|night))?"
MORE = (
    r"(?:,? (?:and )?(?P<more>when|since when|from when (?:until|to|till) when|for how much(?: money)?|"
    r"at what price|for what price|at what time|how many))?"
)
FACTS = {
    "when": "a date", "since when": "a start date", "at what time": "a time", "how many": "a quantity",
    "at what price": "a price", "for what price": "a price", "for how much": "a price", "for how much money": "a price",
}  # fmt: skip
BEING = regex(r"^(?:(?:is|are) (?:in|at|on|with)|belongs? to|sits? (?:in|at)|stands? (?:in|on)|lies? (?:in|on)|"
                   r"lives? in|sleeps? in|works? (?:in|at))$", re.IGNORECASE)  # fmt: skip
"""Where something is: the first of two names the second."""
SENDS = (
    r"(?:sends? (?:in |us )?|files?|submits?|hands? in|leaves?(?: us)?|writes?(?: us)?|fills? (?:in|out)|makes?|posts?|"
    r"lodges?|gives? us|hands? us)"
)
SAYING = r"(?P<how>describing|explaining|saying|stating|telling(?: us)?|about|to (?:say|tell us|describe|explain))"
CLAUSES = (
    (regex(r"^when\b", re.IGNORECASE), "a date"),
    (regex(r"^where\b", re.IGNORECASE), "a place"),
    (regex(r"^why\b", re.IGNORECASE), "a reason"),
    (regex(r"^(?:what|how it happened|how it came)\b", re.IGNORECASE), "a description"),
)
PARTS = regex(r",\s+(?:and\s+)?|\s+and\s+", re.IGNORECASE)
TOLD = r"(?:tells? us|gives? us|sends? us|lets? us know|informs? us (?:of|about))"
TOLD_FACT = regex(
    rf"^(?:(?:their|his or her|the) (?P<fact>{WORD}(?: (?:of )?{WORD}){{0,2}})|when they last (?P<last>[a-z]+)|"
    r"(?P<clause>(?:when they [a-z]+ed|when they can (?:start|begin)|where they live|"
    r"how (?:old|tall|heavy) they are)))$",
    re.IGNORECASE,
)
GAVE = {"gave": "donation", "came": "visit", "ate": "meal", "paid": "payment", "flew": "flight", "swam": "swim",
        "rode": "ride", "sang": "concert", "taught": "lesson", "took": "intake", "won": "win"}  # fmt: skip
"""What is done last, by its past form, where it isn't known otherwise."""
PAPERS = word_set("invoice bill statement report delivery box parcel payslip newsletter receipt shipment certificate")
"""What somebody gets time and again."""
REACHED = {"write to": "email address", "email": "email address", "e-mail": "email address"}
PERIOD = r"(?:day|week|month|quarter|year|season)"
BARE = HOW_CALLED | {
    "heavy": "weight", "tall": "height", "deep": "depth", "wide": "width", "old": "age", "far": "distance",
}  # fmt: skip


def which_to_which(found: re.Match[str], text: str) -> str | None:
    """Return "which van and which crew go to which move" as the van and the crew that a move names."""
    first = [one(noun) for noun in re.split(r",? and which |, which ", found["first"].lower())]
    then, verb = one(found["then"]), found["verb"].lower()
    if then in first or len(set(first)) < len(first) or then in {"day", "date", "year", "time"}:
        return None
    facts = ["a date"] if found["day"] else []
    more = (found["more"] or "").lower()
    facts += ["a start date", "an end date"] if more.startswith("from when") else [FACTS[more]] if more else []
    if facts:
        record = noun_of(verb.split()[0]) if noun_of(verb.split()[0]) in RECORDS else "assignment"
        record = "performance" if verb.startswith(("play", "perform")) else record
        return replaced(found, text, belonging(record, [*first, then]), having(record, dict.fromkeys(facts)))
    if len(first) == 1 and BEING.match(verb):
        return replaced(found, text, f"Each {first[0]} may belong to {a(then)}")
    return replaced(found, text, f"Each {then} may belong to {' and '.join(map(a, first))}")


RECORDS = word_set(
    "booking reservation rental loan purchase sale hire registration lease order visit delivery donation"
)


def saying_what(found: re.Match[str], text: str) -> str | None:
    """Return "travellers send in a claim describing what they lost" as whose a claim is, and what it has."""
    who, what, how = one(found["who"]), one(found["what"]), found["how"].lower()
    if not is_person(who) or is_person(what) or who == what or what.split()[-1] in PLACES:
        return None
    facts: list[str] = []
    for piece in PARTS.split(found["facts"]):
        clause = next((fact for said, fact in CLAUSES if said.match(piece)), "")
        named = re.fullmatch(rf"(?:their|the|an?|his or her) (?P<noun>{TERM})", piece, re.IGNORECASE)
        is_about = not re.match(r"say|stat", how) and not facts
        fact = clause or ("a description" if is_about else a(one(named["noun"])) if named else "")
        if not fact or not (clause or named):
            return None
        facts.append(fact)
    return replaced(found, text, f"Each {what} belongs to {a(who)}", having(what, facts))


def told_us(found: re.Match[str], text: str) -> str | None:
    """Return "donors tell us their blood group and when they last gave" as what each donor has."""
    who = one(found["who"])
    pieces = PARTS.split(found["facts"])
    told = [piece for piece in (TOLD_FACT.match(piece.strip()) for piece in pieces) if piece is not None]
    is_one = len(told) == 1 and told[0]["fact"] is not None
    if not is_person(who) or len(told) < len(pieces) or (found["often"] and not is_one):
        return None
    facts = [fact_of(piece) for piece in told]
    if found["often"]:
        record = one(facts[0])
        return replaced(found, text, belonging(record, [who]), having(record, ["a date", "a value"]))
    return replaced(found, text, having(who, facts)) if all(facts) else None


def fact_of(piece: re.Match[str]) -> str:
    """Return one thing that somebody tells of themselves: "when they last gave" is the date of a donation."""
    if piece["fact"]:
        return a(piece["fact"].lower())
    if piece["clause"]:
        clause = piece["clause"].lower()
        return "a start date" if " can " in clause else clause
    noun = noun_of(piece["last"]) or GAVE.get(piece["last"].lower(), "")
    return f"an optional last {noun} date" if noun else f"when they last {piece['last'].lower()}"


def gets_each_time(found: re.Match[str], text: str) -> str | None:
    """Return "each month the café gets one invoice" as invoices of cafés; how often they get one stays to be read."""
    who, what = one(found["who"]), one(found["what"])
    before = text[: found.start()].lower()
    if what.split()[-1] not in PAPERS or not re.search(rf"\b(?:{who}|{plural(who)})\b", before):
        return None
    told = belonging(what, [who])
    if told in text:
        return None
    date = [] if what in told_in(text) else [f"{a(what).capitalize()} has a date"]
    sentence = found[0][len(found["begin"]) :]
    return replaced(found, text, told, *date, capital(sentence))


def can_be_reached(found: re.Match[str], text: str) -> str | None:
    """Return "has a caretaker we can ring" as the name and the phone number of a caretaker."""
    who = one(found["who"])
    if not is_person(who) and who.split()[-1] not in {"contact", "person"}:
        return None
    how = REACHED.get(found["way"].lower(), "phone number")
    facts = a(who) if who in told_in(text) else f"{a(f'{who} name')} and {a(f'{who} {how}')}"
    return f"{text[: found.start('art')]}{facts}{text[found.end() :]}"


def how_bare(found: re.Match[str], text: str) -> str | None:
    """Return "(description, how serious, photo)" with the noun of it: a severity."""
    noun = BARE.get(found["how"].lower())
    return f"{text[: found.start()]}{found['before']}{noun}{text[found.end() :]}" if noun else None


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}{WANT}which (?P<first>{TERM}(?:(?:,? and|,) which {TERM})*) "
                r"(?P<verb>(?:is|are) (?:in|at|on|with)|[a-z]+(?: (?:to|in|at|on|for|with|from|of))?) "
                rf"which (?P<then>{TERM}){DAY}{MORE}{END}"
            ),
            which_to_which,
        ),
        (
            (
                rf"{SENTENCE}(?:(?:the|our|each|every|an?|all) )?(?P<who>{TERM}) (?:can |may |must |then )?{SENDS} ?"
                rf"(?:an?|their|one) (?P<what>{TERM}) {SAYING} (?P<facts>[^.;:!?\n]+?){END}"
            ),
            saying_what,
        ),
        (
            (
                rf"{SENTENCE}(?:(?:the|our|each|every|an?|all) )?(?P<who>{TERM}) (?:must |also |first )?{TOLD} "
                rf"(?P<facts>(?:their|his or her) [^.;:!?\n]+?){AT_TIMES}{END}"
            ),
            told_us,
        ),
        (
            (
                rf"(?P<begin>^|[.!?;]\s+|\n\s*|,? and )(?:(?:each|every|once an?) (?:other )?{PERIOD}|"
                rf"(?:at|by) the end of (?:the|each|every) {PERIOD}),? "
                rf"(?:the|an?|each|every) (?P<who>{TERM}) (?:gets?|receives?|is sent|is given) (?:one|an?|its|their) "
                rf"(?P<what>{TERM}){END}"
            ),
            gets_each_time,
        ),
        (
            (
                rf"(?<=has |ave |ith |and )(?P<art>an?|one|the|their|its) (?P<who>{TERM}) "
                r"(?:that |who |whom |which )?"
                r"(?:we|you|i|they|people|one) (?:can|could|may|should) (?:always )?"
                r"(?P<way>ring|call|phone|reach|contact|text|write to|e-?mail)(?: up| by phone)?"
                r"(?=\s*(?:[,;.!?)\n]|$)|,? and\b)"
            ),
            can_be_reached,
        ),
        (
            (
                r"(?P<before>[(,]\s*)how (?P<how>[a-z]+)"
                r"(?=\s*[,)](?! [a-z]+(?:, [a-z]+)*,? or )|,? and (?:an? )?[a-z ]{2,30}\))"
            ),
            how_bare,
        ),
    )
)
"""Ways of telling what people want to see, tell and get, and what says it plainly."""


def in_plain_overviews(text: str) -> str:
    """Return a text with what people want to see, tell and get in it said in sentences of one fact each."""
    return rewritten(text, WAYS)
