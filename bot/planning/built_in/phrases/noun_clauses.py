"""Reads a field that is said as a clause: "whether it's electric", "the day it came in", "how many bottles we filled".

Every reading names the words it was made of, so that a guess is never silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.phrases.asked_facts import asked_fact, asked_role
from bot.planning.built_in.words.vocabulary import (
    ACTIONS,
    DETERMINERS,
    QUANTIFIER,
    SENTENCE_WORDS,
    entity_name,
    has_plural,
    is_verb_form,
    singular,
    straight,
    word_set,
    words_of,
)

__all__ = ["Clause", "read_clause", "reads_as_clause", "without_relative"]

PRONOUN = r"(?:it|they|he|she|we|you|i|someone|somebody)"
SUBJECT = rf"(?:{PRONOUN}|(?:the|each|every|an?|our|their)\s+[\w-]+)"
HELPERS = (
    r"(?:'s|'re|'ve|'d|'ll|\s+(?:is|are|was|were|has|have|had|will|would|can|could|should|must|did|does|do|gets?|got))"
)
CLAUSE = rf"(?P<subject>{SUBJECT})(?P<helper>{HELPERS})?(?P<been>\s+(?:been|be|being))?(?:\s+(?P<tail>.+))?"
RELATIVE = regex(
    rf"^(?P<noun>.+?)\s+(?:(?:that|which|who|whom|when|where|on which|at which|in which)\s+)?{CLAUSE}$", re.IGNORECASE
)
WHETHER = regex(
    rf"^(?P<lead>whether(?: or not)?|if|is|are|was|were|has|have)\s+(?:{CLAUSE})$", re.IGNORECASE
)  # fmt: skip
OR_NOT = regex(
    r"^(?:(?:an?|the|its|their)\s+)?(?P<what>[\w -]+?)(?:\s+or\s+not|,?\s*:?\s+(?:yes\s*(?:/|or)\s*no|y\s*/\s*n))$",
    re.IGNORECASE,
)
THERE = regex(
    r"^(?:whether|if)\s+there(?:'s| is| are| was| were)\s+(?:(?:any|an?|some)\s+)?"
    r"(?P<what>[a-z][\w-]*(?:\s+[a-z][\w-]*)?)(?:\s+(?:in|on|at|for|with|inside)\s+(?:it|them))?$",
    re.IGNORECASE,
)
"""Something that is there or not: "whether there are nuts in it"."""
THERE_IS = regex(
    r"^(?:(?:an?|the|its|their)\s+)?"
    r"(?P<what>(?!(?:one|all|what|date|day|time|person|people)\b)[a-z][a-z-]+(?:\s+[a-z][a-z-]+)?)\s+"
    r"(?:that|which)(?:'s|\s+(?:is|are|was|were))\s+(?:(?:put|written|printed|used|painted|found|kept|stored)\s+)?"
    r"(?:in|on|at|for|inside|under)\s+(?:it|them)$",
    re.IGNORECASE,
)
"""What is in or on something: "the glaze that is on it"."""
SINCE = regex(rf"^since when\s+(?:{CLAUSE})$", re.IGNORECASE)
HOW_MANY = regex(r"^how many(?:\s+(?P<what>.+))?$", re.IGNORECASE)
HOW_MUCH = regex(rf"^how much(?:\s+(?P<what>(?!{SUBJECT}\b)[\w -]+?))?(?:\s+{CLAUSE})?$", re.IGNORECASE)
HOW = regex(
    rf"^how (?P<measure>often|long|heavy|tall|old|far|deep|wide|high|fast|hot|warm)(?:\s+{CLAUSE})?$", re.IGNORECASE
)
PAID = regex(rf"^what\s+{SUBJECT}\s+(?P<verb>costs?|paid|owes?)$", re.IGNORECASE)
WORTH = regex(
    r"^(?:what|how much)\s+(?:it|they|each|(?:the|an?|each)\s+[\w-]+)\s*(?:is|are|was|were)\s+worth$", re.IGNORECASE
)
WHICH = regex(r"^(?:which|what)\s+(?P<what>(?!is\b|was\b|are\b|were\b|has\b)[a-z][\w-]*(?:\s+.+)?)$", re.IGNORECASE)
WHEN = regex(rf"^when(?:\s+{CLAUSE})?$", re.IGNORECASE)
MOMENTS = {
    "day": "date", "date": "date", "date and time": "datetime", "time and date": "datetime", "day and time": "datetime",
    "moment": "datetime", "time": "time",
}  # fmt: skip
"""Nouns of time, and the type of a field that a clause after them names."""
AMOUNTS = frozenset(["amount", "sum", "total"])
"""Nouns that tell one amount from another by the clause after them: asked for, granted."""
SPANS = word_set("year month week weekday season hour")
MEASURES = {
    "often": ("frequency", "str"),
    "long": ("length", "float"), "heavy": ("weight", "float"), "tall": ("height", "float"), "old": ("age", "int"),
    "far": ("distance", "float"), "deep": ("depth", "float"), "wide": ("width", "float"), "high": ("height", "float"),
    "fast": ("speed", "float"), "hot": ("temperature", "float"), "warm": ("temperature", "float"),
}  # fmt: skip
TAKING_TIME = word_set("take takes took taken last lasts lasted run runs ran stay stays stayed need needs needed going")
WEIGHING = {"weigh": "weight", "weighs": "weight", "weighed": "weight"}
COSTING = {"cost": "price", "costs": "price"}
ALONE = {"when": ("date", "date"), "where": ("place", ""), "who": ("person", ""), "why": ("reason", "")}
HAPPENING = {
    "starts": ("starts at", "datetime"), "begins": ("begins at", "datetime"), "ends": ("ends at", "datetime"),
    "finishes": ("finishes at", "datetime"), "departs": ("departs at", "datetime"),
    "arrives": ("arrives at", "datetime"), "opens": ("opens on", "date"), "closes": ("closes on", "date"),
    "expires": ("expires on", "date"),
    "by whom": ("done by", "str"),
}  # fmt: skip
"""Verbs that stand alone for the time when they happen."""
FADING = word_set(
    "yet already currently now still actually really ever just also or not been be being the a an its their "
    "it them him us me there"
)
"""Words of a clause that its field's name leaves out."""
HINTS = word_set("in out up back off down away over through on for at to from by with into")
LONGEST_PHRASE = 200
"""Characters; what is longer is no field, and would take long to look through."""
LONGEST_TAIL = 4


@dataclass(frozen=True)
class Clause:
    """A field that a clause means. ``kind``: its type, or nothing where its name decides; ``quote``: the clause."""

    name: str
    kind: str = ""
    quote: str = ""


def read_clause(text: str) -> Clause | None:
    """Return the field that a phrase means by a clause, or None where it has none or says something else."""
    if len(text) > LONGEST_PHRASE:
        return None
    text = straight(text, " ,.?")
    if text.lower() in HAPPENING:
        return Clause(*HAPPENING[text.lower()], text)
    if WORTH.match(text):
        return Clause("value", "Decimal", text)
    price = PAID.match(text)
    if price:
        verb = re.sub(r"^owes?$", "owed", price["verb"].lower())
        return Clause("price" if verb.startswith("cost") else f"amount {verb}", "Decimal", text)
    found = (
        yes_or_no(text) or how_many(text) or how_much(text) or how(text) or when(text) or asking(text) or which(text)
        or there_is(text) or relative(text)
    )  # fmt: skip
    if found is None:
        return None
    return Clause(found.name, found.kind, text)


def reads_as_clause(text: str) -> bool:
    """Tell whether a phrase is a field said as a clause, though it holds a verb ("how many seats it has")."""
    if len(text) > LONGEST_PHRASE:
        return False
    if asked_role(text) or (asked_fact(text) and not text.lower().startswith("why")):
        return True
    begins = re.match(r"(?:how|whether|if|when|what|where|why)\b", text, re.IGNORECASE)
    ends = re.search(rf"\b{SUBJECT}\s+(?:has|have|had|holds?|stores?|contains?|includes?)$", text, re.IGNORECASE)
    return bool(begins or ends or OR_NOT.match(text)) and read_clause(text) is not None


def without_relative(text: str) -> str:
    """Return a noun without the clause after it: "the yearly fees they paid" → "the yearly fees"."""
    match = RELATIVE.match(text.strip()) if len(text) <= LONGEST_PHRASE else None
    return match["noun"] if match and (match["tail"] or match["helper"]) else text


def kept(tail: str | None) -> list[str]:
    """Return the words of a clause that name its field."""
    return [word for word in words_of(tail or "") if word not in FADING]


def yes_or_no(text: str) -> Clause | None:
    """Read "whether it's electric", "is it vegan", "insured or not", "insured yes/no"."""
    there = THERE.match(text)
    if there and not re.match(r"if\b.*\b(?:else|more)$", text, re.IGNORECASE):
        return flag(["has", *words_of(there["what"])])
    plain = OR_NOT.match(text)
    if plain and not re.match(r"(?:whether|if)\b", text, re.IGNORECASE):
        words = kept(plain["what"])
        if words[:1] and words[0] in {"has", "have", "with", "needs", "wants"}:
            return flag(["has" if words[0] in {"have", "with"} else words[0], *words[1:]])
        return flag(words, is_state=len(words) == 1) if not set(words) & {"which", "what"} else None
    match = WHETHER.match(text)
    if not match or re.search(r"\bor\b(?!\s+not)|[,/]", match["tail"] or ""):
        return None
    words = kept(match["tail"])
    lead, helper = match["lead"].lower(), (match["helper"] or "").strip().lower()
    helper = helper or (lead if lead in {"is", "are", "was", "were", "has", "have"} else "")
    if lead == "if" and (len(words) > 3 or set(words[1:]) & ACTIONS):
        return None
    is_perfect = match["been"] is not None or helper in {"has", "have", "'ve", "was", "were", "got"}
    if helper in {"has", "have"} and match["been"] is None and words and not is_verb_form(words[0]):
        return flag(["has", *words])
    if helper in {"can", "could", "must", "should", "needs"}:
        return flag([helper, *words])
    is_state = helper in {"is", "are", "'s", "'re"} and not is_perfect
    about = re.fullmatch(r"(?:the|an?|our|their)\s+(?P<noun>[\w-]+)", match["subject"], re.IGNORECASE)
    if about and words and (is_state or is_perfect):
        return flag([about["noun"].lower(), *words])
    return flag(words, is_state=is_state and not (len(words) > 1 and is_verb_form(words[0])))


def flag(words: list[str], *, is_state: bool = False) -> Clause | None:
    """Return a field that is true or false."""
    if not 1 <= len(words) <= LONGEST_TAIL + 1 or any(word.endswith(("'s", "'t", "'re")) for word in words):
        return None
    return Clause(" ".join(["is", *words] if is_state and words[0] not in {"is", "has", "can"} else words), "bool")


def how_many(text: str) -> Clause | None:
    """Read "how many bottles we filled"."""
    match = HOW_MANY.match(text)
    if not match:
        return None
    there = re.match(r"(?:is|are|were|was)\s+(?=\w)", match["what"] or "", re.IGNORECASE)
    if there:
        rest = words_of(match["what"][there.end() :])
        return Clause(" ".join(["quantity", *rest]), "int") if len(rest) < LONGEST_TAIL else None
    counted = without_relative(match["what"] or "quantity")
    words = kept(re.split(r"\s+(?:is|are|was|were|has|have|had|will)\b", counted)[0])
    verb = next((at for at, word in enumerate(words) if at and word in OPEN_VERBS | DONE_BY_MANY), len(words))
    words = words[:verb] if has_plural(" ".join(words[:verb])) else words
    if words[:1] == ["of"]:
        return None
    return Clause(" ".join(words), "int") if 1 <= len(words) <= LONGEST_TAIL else None


def how_much(text: str) -> Clause | None:
    """Read "how much", "how much they paid", "how much it weighs", "how much flour we used"."""
    match = HOW_MUCH.match(text)
    if not match:
        return None
    tail = kept(match["tail"])
    if len(tail) == 1 and tail[0] in WEIGHING:
        return Clause("weight", "float")
    if len(tail) == 1 and tail[0] in COSTING:
        return Clause("price", "Decimal")
    if match["what"] and "money" not in words_of(match["what"]):
        words = kept(match["what"])
        return Clause(" ".join(["amount of", *words]), "float") if 0 < len(words) <= 3 else None
    if len(tail) > 2:
        return None
    return Clause(" ".join(["amount", *tail]), "Decimal")


def how(text: str) -> Clause | None:
    """Read "how heavy it is", "how long it took"."""
    match = HOW.match(text)
    if not match:
        return None
    tail = kept(match["tail"])
    if match["measure"].lower() == "long" and set(tail) & TAKING_TIME:
        return Clause("duration", "int")
    name, kind = MEASURES[match["measure"].lower()]
    return Clause(name, kind) if len(tail) <= 3 else None


def when(text: str) -> Clause | None:
    """Read "when", "when they joined"; a condition ("when it's late, send …") is none."""
    since = SINCE.match(text)
    if since:
        nouns = [singular(word) for word in kept(since["tail"]) if word not in HINTS and singular(word) != word]
        return Clause(" ".join([*nouns[:1], "since"]), "date")
    match = WHEN.match(text)
    if not match:
        return None
    if text.lower() == "when":
        return Clause("date", "date")
    return moment("date", match)


def which(text: str) -> Clause | None:
    """Read "which year", "what colour it has"."""
    match = WHICH.match(text)
    if not match:
        return None
    inner = relative(match["what"])
    words = kept(inner.name if inner else match["what"])
    verb = next((at for at, word in enumerate(words) if at and word in OPEN_VERBS | DONE_BY_MANY), len(words))
    words = words[:verb]
    if not 1 <= len(words) <= 3 or is_verb_form(words[0]) or words[0] in SENTENCE_WORDS:
        return None
    return inner or Clause(" ".join(words))


def asking(text: str) -> Clause | None:
    """Read "what was done" and "where it was found" as a text, under the noun that is asked for."""
    if text.lower() in ALONE:
        name, kind = ALONE[text.lower()]
        return Clause(name, kind)
    asked = asked_fact(text)
    return Clause(asked, "str") if asked else None


def there_is(text: str) -> Clause | None:
    """Read "the glaze that is on it" as what is there: a glaze."""
    match = THERE_IS.match(text)
    return Clause(match["what"].lower()) if match else None


def relative(text: str) -> Clause | None:
    """Read a noun with a clause of its own: "the river it's on" → river, "the date they joined" → joined on."""
    match = RELATIVE.match(text)
    if not match or not (match["helper"] or match["tail"]):
        return None
    counted = re.sub(rf"^{QUANTIFIER}\s+", "", match["noun"], flags=re.IGNORECASE)
    noun = " ".join(word for word in words_of(counted) if word not in DETERMINERS)
    tail = words_of(match["tail"] or "")
    if re.match(r"(?:whether|if|when|what|who|why|where|how|which)\b", noun):
        return None
    if (
        not noun
        or noun.split()[-1] in HINTS | {"of"}
        or len(tail) > LONGEST_TAIL + 2
        or set(tail) & {"if", "when", "because", "so"}
    ):
        return None
    is_clause = (
        bool(match["helper"])
        or is_pronoun(match["subject"])
        or any(is_verb_form(word) for word in tail[:2])
        or any(word in OPEN_VERBS for word in tail[:1])
    )
    if not is_clause or re.search(r"[,;:()/]", text):
        return None
    if noun in MOMENTS:
        return moment(noun, match)
    words = noun.split()
    if noun in AMOUNTS and tail:
        return Clause(" ".join([noun, *kept(match["tail"])]), "Decimal")
    if noun in SPANS:
        name = " ".join([noun, *[word for word in kept(match["tail"]) if word not in HINTS]])
        return Clause(name, "int" if noun == "year" else "")
    return Clause(noun) if len(words) <= LONGEST_TAIL and entity_name(singular(noun)) else None


LIMITS = word_set("until till by from since to")
"""Words that a date ends with: "the date their passport is valid until"."""
OPEN_VERBS = word_set(
    "live lives belong belongs come comes play plays like likes need needs want wants work works sit sits stand stands "
    "use uses pay pays owe owes own owns speak speaks sing sings cost costs eat eats grow grows sleep sleeps start "
    "starts end ends open opens close closes leave leaves arrive arrives expire expires go goes run runs happen happens"
)
DONE_BY_MANY = word_set("fit fits attend join ride travel stay show turn take get")
"""More verbs behind "how many people": what they do says nothing of what is counted."""


def is_pronoun(subject: str | None) -> bool:
    """Tell whether a clause's subject is a pronoun: the word after it is a verb, whichever."""
    return re.fullmatch(PRONOUN, subject or "", re.IGNORECASE) is not None


def moment(noun: str, match: re.Match[str]) -> Clause | None:
    """Return the field of "the day it came in": the words of its verb, then ``on`` or ``at``."""
    kind = MOMENTS[noun]
    words = kept(match["tail"])
    while words and words[-1] in {"on", "at"}:
        words = words[:-1]
    if not words:
        return Clause(noun, kind)
    about = re.fullmatch(r"(?:the|its|their|an?|our)\s+(?P<noun>[\w-]+)", match["subject"] or "", re.IGNORECASE)
    if about and re.fullmatch(r"\s*(?:'s|is|are)", match["helper"] or "", re.IGNORECASE) and words[-1] in LIMITS:
        return Clause(" ".join([about["noun"].lower(), *words]), kind) if len(words) < LONGEST_TAIL else None
    is_verb = is_pronoun(match["subject"]) or any(is_verb_form(word) or word in OPEN_VERBS for word in words[:2])
    if not is_verb or len(words) > LONGEST_TAIL or set(words[1:]) & ACTIONS:
        return None
    return Clause(" ".join([*words, "on" if kind == "date" else "at"]), kind)
