"""Says what is told later of a record as its facts: "they pay a deposit", "after the game we note the score"."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import ART, MODAL, NOUN, having, one
from bot.planning.built_in.words.telling import Clause
from bot.planning.built_in.words.vocabulary import a, word_set

__all__ = ["USED", "later_fact"]

NOTING = (
    r"(?:notes?|writes?|records?|keeps?|logs?|enters?|marks?|remembers?|tells?|says?|fills?|ticks?)"
    r"(?:\s+(?:down|in|up|off|us|track of|a record of))*"
)
NOTED = regex(
    rf"^(?:they|he|she|(?:an?\s+|the\s+|each\s+)?(?P<who>{NOUN}))\s+{MODAL}{NOTING}\s+(?P<facts>.+)$", re.IGNORECASE
)
AFTER = regex(
    rf"^(?:after|before|at the (?:end|start) of|at the beginning of|at)\s+(?:the|each|every|an?|that)\s+"
    rf"(?P<noun>{NOUN}),?\s+"
    rf"(?:we|they|i|somebody|someone|the [a-z]+)\s+{MODAL}{NOTING}\s+(?P<facts>.+)$",
    re.IGNORECASE,
)
PAID = r"deposit|fee|down payment|advance|tip|entry fee|entrance fee|price|amount|contribution|share"
WRITTEN = r"note|comment|message|remark|rating|signature|feedback|reason|tip|review|wish"
GIVEN = regex(
    rf"^(?P<if>(?:if|when|in case)\s+[^,.]{{3,60}}?,?\s+)?(?:(?:they|he|she|we|{ART}(?P<who>{NOUN}))\s+)?"
    rf"(?P<modal>{MODAL})"
    rf"(?:pays?|leaves?|gives?|puts?\s+down|gets?|adds?|writes?|make|makes)\s+(?:us\s+)?(?P<fact>an?\s+(?:(?:small|short|little|fixed)\s+)?"
    rf"(?:[a-z]+\s+)??(?:(?P<paid>{PAID})|(?P<written>{WRITTEN})))(?:\s+(?:for|on|about|of)\s+(?:it|that|them|this))?"
    r"(?:,\s+which\s+(?P<tail>[^,.]+))?$",
    re.IGNORECASE,
)
CAME = regex(
    r"^(?:who|which\s+(?:of\s+them|of\s+the\s+[a-z]+|[a-z]+))\s+(?:really\s+|actually\s+|was\s+|has\s+|have\s+|had\s+|were\s+)*"
    r"(?:came|come|attended|showed\s+up|turned\s+up|there|present|took\s+part|taken\s+part|been\s+there|joined|ran|played)$",
    re.IGNORECASE,
)
TWO_ENDS = regex(
    rf"\b(?:the\s+)?(?P<what>{NOUN})\s+(?:at|in|on)\s+(?:the\s+)?(?P<one>start|beginning|departure|pick-?up|"
    r"begin)\s+and\s+(?:(?:at|on|in)\s+)?(?:the\s+)?(?P<other>end|finish|return|arrival)\b",
    re.IGNORECASE,
)
NEEDED = regex(
    r"\b(?:the|how much)\s+time\s+(?:that\s+)?(?:they|it|he|she)\s+(?:needed|took|spent|need|take)\b|"
    r"\bhow long (?:it took|they needed|they took)(?:\s+them)?\b",
    re.IGNORECASE,
)
GOT = regex(
    r"\bwhether (?:or not )?(?:they|it|he|she) (got|went|came|made it) (out|home|back|through|in|away|there)\b",
    re.IGNORECASE,
)
"""What is read best by its two words: "whether they got out"."""
BEFORE_AFTER = regex(rf"\b(?:the\s+)?(?P<what>{NOUN}) before and after(?:wards)?\b", re.IGNORECASE)
FACTS = regex(
    r"(?:the|an?|their|where|what|whether|when|why|who|which|how\s+(?:many|much|long|often|far|heavy|old))\s",
    re.IGNORECASE,
)
BOOKED = word_set("booking reservation rental hire loan visit")
USED = word_set(
    "game match session ride stay trip visit tour rental event party meal dinner appointment shoot treatment use "
    "flight class round fight"
)
"""What a booking is used for."""
JOINED = {
    "registration": r"\b(?:sign(?:s|ed)?\s+up|registers?|registration)\b",
    "enrollment": r"\b(?:enrolls?|enrollment)\b",
    "enrolment": r"\b(?:enrols?|enrolment)\b",
    "attendance": r"\battends?\b",
    "booking": r"\b(?:books?|booking)\b",
    "reservation": r"\b(?:reserves?|reservation)\b",
}
"""The records of those who mean to come, and how a text tells of them."""


def later_fact(clause: str, told: Clause) -> str:
    """Return a clause that tells facts of a record said as these, or nothing where it says anything else."""
    return after(clause, told) or noted(clause, told) or given(clause, told)


def after(clause: str, told: Clause) -> str:
    """Say "after the run we note who really came" and "after the game we note the time they needed"."""
    found = AFTER.match(clause)
    if found is None:
        return ""
    if CAME.match(found["facts"].strip()):
        record = next((one for one, said in JOINED.items() if re.search(said, told.text, re.IGNORECASE)), "")
        return having(record, ["whether they came"]) if record else ""
    noun = one(found["noun"])
    noun = next((made for made in told.made if made.endswith(f" {noun}")), noun)
    is_spoken_of = told.speaks_of(noun) or noun in told.made or noun_is_told(noun, told, clause)
    is_part = told.record in BOOKED and noun in USED
    record = told.record if is_part and not is_spoken_of else noun
    return having(record, [plain_facts(found["facts"])]) if are_facts(found["facts"]) else ""


def noun_is_told(noun: str, told: Clause, clause: str) -> bool:
    """Tell whether a text names a noun in other clauses than this one."""
    others = told.text.replace(clause, " ")
    return re.search(rf"\b{noun}(?:s|es)?\b", others, re.IGNORECASE) is not None


def noted(clause: str, told: Clause) -> str:
    """Say "they note the kilometres at the start and at the end and where they went" of the record that they made."""
    found = NOTED.match(clause)
    if found is None or not told.record or not told.who or (found["who"] and one(found["who"]) not in told.who):
        return ""
    if not are_facts(found["facts"]):
        return ""
    return having(told.record, [plain_facts(found["facts"])])


def given(clause: str, told: Clause) -> str:
    """Say "they pay a deposit" and "if something is broken they leave a note" of the record that was spoken of."""
    found = GIVEN.match(clause)
    if found is None or not told.record:
        return ""
    is_pair = (found["paid"] and re.search(r"\b(?:pay|leave|give|put|make)", clause, re.IGNORECASE)) or (
        found["written"] and re.search(r"\b(?:leave|give|add|write)", clause, re.IGNORECASE)
    )
    if not is_pair:
        return ""
    fact = re.sub(r"^an?\s+", "", found["fact"].lower())
    is_optional = found["if"] or re.search(r"\b(?:can|may|might|sometimes)\b", found["modal"], re.IGNORECASE)
    said = having(told.record, [f"an optional {fact}" if is_optional else a(fact)])
    return f"{said}. {about_it(found['tail'])}" if found["tail"] else said


def about_it(tail: str) -> str:
    """Return what stands behind "which" as a sentence of its own: "they get back" is that they get it back."""
    does = re.match(r"(they|we|he|she|you)\s+((?:(?:must|can|may|should|will)\s+)?[a-z]+)\b(.*)$", tail, re.IGNORECASE)
    return f"{does[1].capitalize()} {does[2]} it{does[3]}" if does else f"It {tail}"


def are_facts(text: str) -> bool:
    """Tell whether words begin a list of facts: "the score", "how many came"; not how something was."""
    return FACTS.match(text) is not None


def plain_facts(facts: str) -> str:
    """Return facts with one noun at two moments, and times that something took, said plainly."""
    facts = GOT.sub(r"\1 \2 (yes/no)", NEEDED.sub("the duration", facts.strip()))
    facts = BEFORE_AFTER.sub(r"\g<what> before, \g<what> after", facts)
    return TWO_ENDS.sub(lambda found: f"{found['one']} {found['what']}, {found['other']} {found['what']}", facts)
