"""Says plainly what is noted of a deed behind a colon: "members log a catch: which lake, how heavy it is, a photo".

As in `bot.planning.built_in.words.plain_upkeep`, each way of speaking has one meaning only: where one of the facts is
none that is known, the sentence stays as it is.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import belonging, having, is_person, noun_of, one
from bot.planning.built_in.words.doing_verbs import base_of_deed, record_of_deed
from bot.planning.built_in.words.plain_counts import UNITS
from bot.planning.built_in.words.plain_faults import fact_of
from bot.planning.built_in.words.plain_handling import DEGREES
from bot.planning.built_in.words.plain_notes import fact_asked
from bot.planning.built_in.words.rewriting import END, SENTENCE, TERM, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, a, has_plural, word_set

__all__ = ["in_plain_logs"]

NOTES = (
    r"(?:reports?|logs?|records?|enters?|files?|submits?|notes?(?: down)?|writes?(?: down)?|sends?(?: in)?|"
    r"hands? in|posts?|fills? (?:in|out)|lodges?)"
)
"""What is done with a record: its noun names it."""
DEEDS = (
    r"(?:rates?|reviews?|inspects?|checks?|assess(?:es)?|examines?|tests?|books?|reserves?|orders?|rents?|visits?|"
    r"weighs?|waters?|feeds?|treats?|services?|cleans?|repairs?|audits?|tastes?)"
)
"""What is done to a thing: the record has a noun of its own."""
CALLED = {"rate": "rating", "review": "review", "assess": "assessment"}
MASS = word_set("damage vandalism litter noise dirt garbage rubbish waste pollution ice flooding water misuse")
"""What there is none of: each is told of in a report."""
GENERAL = word_set(
    "thing something anything everything it them that this person one day time week month name following"
)
"""What names no thing."""
NO_NOUNS = word_set("about down up back out over how a an the to")
"""What begins no noun behind a verb."""
LIKE = DEGREES | {
    "loud": "loudness", "friendly": "friendliness", "fresh": "freshness", "helpful": "helpfulness", "tasty": "taste",
    "comfortable": "comfort", "safe": "safety", "satisfied": "satisfaction", "happy": "satisfaction", "useful":
    "usefulness", "warm": "warmth", "cold": "coldness", "spicy": "spiciness", "sweet": "sweetness", "easy": "ease",
    "noisy": "noise", "quick": "speed", "fast": "speed", "painful": "pain", "tired": "tiredness", "full": "fill level",
}  # fmt: skip
"""What is told by how something is."""
LONGEST_FACTS = 500
"""Characters of what is noted behind a colon."""
PIECE = r"[^.,;:!?\n()]+"
RANGE = (
    r"(?:(?:on a scale )?(?:from|of|between) )?(?P<low>\d|one|zero)(?: ?- ?| to | and )"
    r"(?P<high>\d{1,3}|three|four|five|six|seven|eight|nine|ten)(?: stars| points)?"
)
IN_NUMBERS = {"zero": 0, "one": 1, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
              "ten": 10}  # fmt: skip
RANGED = regex(rf"^(?P<fact>.*?)\s*\(?\b{RANGE}\)?$", re.IGNORECASE)
OF_ALL = regex(rf"^(?:both|all|each|all of them|each of them) (?P<range>{RANGE})$", re.IGNORECASE)
BEING = rf"(?: (?:it|they|that|this|he|she|the {TERM}) (?:is|are|was|were))"
HOW = regex(rf"^how (?P<how>{'|'.join(LIKE)})(?P<being>{BEING})?$", re.IGNORECASE)
KIND = regex(
    rf"^(?:what|which) (?P<fact>(?:kind|type|sort|brand|make|colou?r|breed|size|shape|species) of {WORD}|"
    r"kind|type|sort|brand|make|colou?r|breed|size|shape|species|date|day|time)"
    r"(?: (?:it|they|that) (?:is|are|was|were))?$",
    re.IGNORECASE,
)
PLAIN = tuple(
    (regex(rf"^{said}$", re.IGNORECASE), plain)
    for said, plain in (
        (r"how long", "a duration in minutes"),
        (r"how much (?:it|they|that) weigh(?:s|ed)?", "a weight"),
        (r"how much (?:it|they|that) costs?", "a price"),
        (r"how many people(?: (?:there are|there were|come|came|are coming))?", "a number of people"),
        (r"where(?: exactly)?(?: (?:it|they|that) (?:is|are|was|were|lies|stands))?", "a place"),
        (r"when(?: (?:it|they|that) (?:is|are|was|were|happened|began|started))?", "a date and time"),
        (r"since when", "a start date"),
    )
)
"""What is asked, and the fact that answers it."""
WHETHER = regex(r"^whether (?:it|they|he|she) [a-z]+(?: [a-z]+){0,2}$", re.IGNORECASE)
NAMED = regex(
    rf"^(?:(?:the|an?|their|its|his or her) )?(?:(?:optional|short) )?{WORD}(?: {WORD}){{0,2}}$", re.IGNORECASE
)
WHICH = regex(
    rf"^(?:(?:in|on|at|for|of|with) )?which (?P<what>{TERM})(?: (?:it|they) (?:is|are|was|were)(?: about)?)?$",
    re.IGNORECASE,
)
ASKED = regex(
    r"^(?:an?|the|their|its|his or her|how|what|which|where|when|why|whether|since when|"
    r"(?:in|on|at|for|of|with) which)\b",
    re.IGNORECASE,
)
"""How what is noted begins, and no value: "a drink: water, juice and wine" are drinks."""
PARTS = regex(
    r",\s*(?:and\s+)?|\s+and\s+(?=(?:(?:an?|the|their|its|how|what|which|where|when|why|who|whether|since when|"
    r"(?:in|on|at|for|of) which)\b|[a-z-]+$))",
    re.IGNORECASE,
)
REPORTED = regex(r"\b(?:an?|each|every|the) reports?\b", re.IGNORECASE)
"""How a text goes on about what was reported."""


def facts_in(said: str) -> list[str]:
    """Return the facts behind a colon, each with its range: "how urgent it is, from 1 to 5" is one."""
    facts: list[str] = []
    for piece in (part.strip() for part in PARTS.split(said.strip())):
        all_of_them = OF_ALL.match(piece)
        if facts and all_of_them:
            facts = [f"{fact} {all_of_them['range']}" if HOW.match(fact) else fact for fact in facts]
        elif facts and re.fullmatch(RANGE, piece, re.IGNORECASE):
            facts[-1] = f"{facts[-1]} {piece}"
        elif piece:
            facts.append(piece)
    return facts


def fact(said: str, record: str) -> str:
    """Return what is noted as a fact of its record: "how urgent it is from 1 to 5" is an urgency; or nothing."""
    ranged = RANGED.match(said)
    if ranged is None:
        return fact_alone(said, record)
    plain = fact_alone(ranged["fact"], record) if ranged["fact"] else ""
    low, high = (IN_NUMBERS.get(ranged[end].lower(), ranged[end]) for end in ("low", "high"))
    return f"{plain} from {low} to {high}" if plain and int(low) < int(high) else ""


def fact_alone(said: str, record: str) -> str:
    """Return what is noted, without its range, as a fact of its record; or nothing."""
    if plain := next((plain for asked, plain in PLAIN if asked.match(said)), ""):
        return plain
    if how := HOW.match(said):
        return a(LIKE[how["how"].lower()])
    if kind := KIND.match(said):
        return a(kind["fact"].lower())
    if WHETHER.match(said):
        return said
    wrong = fact_of(said, record)
    return wrong if wrong != said else fact_asked(said.lower()) or named(said)


def named(said: str) -> str:
    """Return a fact that is said by its name; nothing for words of a sentence."""
    if not NAMED.match(said) or re.match(r"(?:who|why|how|what|which|where|when|whose)\b", said, re.IGNORECASE):
        return ""
    bare = re.sub(r"^(?:the|an?|their|its|his or her) ", "", said, flags=re.IGNORECASE)
    return bare if has_plural(bare.lower()) else a(bare)


def is_told(noun: str, text: str) -> bool:
    """Tell whether a text speaks of a noun as of a thing: "each lake has a name", "members fish in lakes"."""
    return re.search(rf"\b(?:an?|each|every) {noun} (?:has|is|belongs)\b|\b{noun}s\b", text, re.IGNORECASE) is not None


def told_of(record: str, ends: list[str], found: re.Match[str], text: str) -> str | None:
    """Return a text with a record of these things, and what is noted of it, in the place of a sentence."""
    said = facts_in(found["facts"]) if len(found["facts"]) <= LONGEST_FACTS else []
    others = f"{text[: found.start('facts')]} {text[found.end('facts') :]}"
    facts: list[str] = []
    for piece in said:
        which = WHICH.match(piece)
        what = one(which["what"]) if which and not KIND.match(piece) else ""
        if what and what != record and is_told(what, others):
            ends.append(what)
        else:
            facts.append(fact(piece, record))
    if not facts or not all(facts) or not any(map(ASKED.match, said)):
        return None
    return replaced(found, text, *([belonging(record, ends)] if ends else []), having(record, facts))


def is_no_thing(noun: str) -> bool:
    """Tell whether words name nothing that a record could be of."""
    words = noun.split()
    return words[0] in NO_NOUNS or not {noun, words[-1]}.isdisjoint(GENERAL | UNITS)


def noted(found: re.Match[str], text: str) -> str | None:
    """Return "citizens report damage on playgrounds: which playground, a photo" as reports with these facts."""
    what = one(found["what"])
    who, where = (one(found[part]) if found[part] else "" for part in ("who", "where"))
    is_somebody = what not in MASS and is_person(what)
    if (who and not is_person(who)) or is_somebody or who == what or any(map(is_no_thing, filter(None, (what, where)))):
        return None
    if what not in MASS and not found["article"] and not has_plural(found["what"].lower()):
        return None
    rest = text[found.end() :]
    is_report = REPORTED.search(rest) is not None and not re.search(rf"\b{what}s?\b", rest, re.IGNORECASE)
    is_reported = found["verb"].lower().startswith("report")
    record = "report" if is_report and is_reported else f"{what} report" if what in MASS else what
    return told_of(record, [noun for noun in (who, where) if noun and noun != record], found, text)


def done(found: re.Match[str], text: str) -> str | None:
    """Return "guests rate a room: how clean it was, from 1 to 5" as ratings, each of a guest and a room."""
    who, what, verb = one(found["who"]) if found["who"] else "", one(found["what"]), found["verb"].lower()
    bases = (verb, verb.removesuffix("s"), verb.removesuffix("es"))
    base = next((form for form in bases if form in EVENT_NOUNS or form in CALLED), "") or base_of_deed(verb)
    record = CALLED.get(base) or EVENT_NOUNS.get(base) or noun_of(verb) or record_of_deed(base)
    if not record or (who and not is_person(who)) or is_no_thing(what) or what in {who, record}:
        return None
    return told_of(record, [noun for noun in (who, what) if noun], found, text)


WHO = rf"(?:(?:people|everybody|everyone|anyone|anybody|we|i)|(?:(?:an?|each|every|the|our|all) )?(?P<who>{TERM}))"
MAY = r"(?:(?:can|may|must|should|will|have to|has to|also|then) )*"
FACTS = rf"(?P<facts>{PIECE}(?:\([^().\n]{{1,20}}\))?(?:,{PIECE}(?:\([^().\n]{{1,20}}\))?)*)"
WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{SENTENCE}{WHO} {MAY}(?P<verb>{NOTES}) "
                rf"(?P<article>(?:an?|the|each|every|their|any) )?(?P<what>{TERM})"
                rf"(?: (?:on|in|at|of|to|about|with) (?:(?:an?|one of (?:the|our)) )?(?P<where>{WORD}))?: {FACTS}{END}"
            ),
            noted,
        ),
        (
            (
                rf"{SENTENCE}{WHO} {MAY}(?P<verb>{DEEDS}) (?:an?|each|every|their|one of (?:the|our)) "
                rf"(?P<what>{TERM}): {FACTS}{END}"
            ),
            done,
        ),
    )
)
"""Ways of telling what is noted of a deed, and what says them plainly."""


def in_plain_logs(text: str) -> str:
    """Return a text with what is noted of deeds said as facts of their records."""
    return rewritten(text, WAYS)
