"""Takes off a field's phrase how it is kept: whether it may be empty, its unit, an example, its kind, its steps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.planning.field_kinds import typed

__all__ = ["OPTIONAL", "Phrase", "Steps", "read_steps", "take_example", "take_kind", "take_optional", "take_units"]

UNITS_OF_MONEY = r"(?:euros?|eur|dollars?|usd|pounds?|gbp|rupees?|inr|chf|francs?|yen|cents)"
UNITS = (
    r"((?:square |cubic )?(?:minutes|hours|days|weeks|months|years|seconds|kg|kilograms|grams|km|kilometers|"
    r"kilometres|miles|cm|centimeters|meters|metres|feet|mm|liters|litres|ml|percent))"
)
OPTIONAL = (
    r"\(?\b(?:(?:which|that|but) (?:is|are|may be|can be) )?(?:optional(?:ly)?|nullable|not required|maybe|perhaps|"
    r"possibly|"
    r"(?:if|where|when|as) (?:any|known|needed|necessary|applicable|available|given|possible|present|wanted|required|"
    r"relevant|there (?:is|are) (?:one|any|some)|(?:they|we|it|he|she) (?:have|has|had) (?:one|any|some|it|them))|"
    r"(?:(?:left|stays|starts)\s+)?(?:empty|blank|unset|unknown|not (?:known|set|filled in))(?:\s+yet)?\s+"
    r"(?:until|till|before|unless|at first|at the start|in the beginning|if|when|while|as long as)\b[^(),]*|"
    r"(?:may|can) be (?:left )?(?:empty|blank|missing))\b\)?"
)
"""What says that a field may be left empty."""
WAITING = re.compile(r"\b(?:until|till|before|unless|at first|at the start|in the beginning|while|as long as)\b")
CONDITION = (
    r"(?<=\w)\s+if (?:it|they|he|she|we)(?:'s|\s+(?:is|has|was|were|have|did))?"
    r"(?:\s+(?:been\s+)?(?P<verb>\w+)(?:\s+(?:back|in|out|up|off|yet|already))?)?$"
)
"""A condition that a clause ends with: "the day it came back if it came back"."""
KINDS = {
    "date and time": "datetime", "date & time": "datetime", "date/time": "datetime", "datetime": "datetime",
    "date + time": "datetime", "time and date": "datetime", "timestamp": "datetime", "date": "date", "day": "date",
    "just the date": "date", "just the day": "date", "time": "time", "time of day": "time",
}  # fmt: skip
"""What brackets behind a phrase say about its time."""
KIND = re.compile(
    rf"^(?P<head>.+?)\s*\((?:(?:a|the|with)\s+)?(?P<kind>{'|'.join(map(re.escape, KINDS))})\)$", re.IGNORECASE
)
EXAMPLE = (
    r"\(?(?:\blike\b|\bsuch as\b|\bsay\b|\bfor example\b|\be\.g\.|\beg\b),?\s+(?P<number>\d+(?:[.,]\d+)?)(?!\S*\w)\)?"
)
ARROW = r"(?:-+>|→|=+>)"
GOING = (
    r"(?:(?:that|which)\s+)?(?:can\s+)?(?:goes?|moves?|runs?|pass(?:es)?|changes?|flows?|progress(?:es)?|advances?)"
    r"(?:\s+through)?(?:\s+from)?"
)
STAGES = (
    r"(?:(?:an?|the|its|their)\s+)?(?:[\w'-]+\s+){0,2}?"
    r"(?:status|state|stage|phase|step|priority|level|condition|workflow|lifecycle|progress)"
)
STEPS = (
    re.compile(rf"^(?P<name>[\w' -]+?)\s+{GOING}\s*:?\s+(?P<steps>[^()]*?{ARROW}[^()]*)$", re.IGNORECASE),
    re.compile(rf"^(?P<name>{STAGES})\s+{GOING}\s+(?P<steps>[\w' -]+?\s(?:to|then)\s[^()]*)$", re.IGNORECASE),
    re.compile(rf"^(?P<name>[\w' -]+?)\s*(?::\s*|\()(?P<steps>[^()]*?{ARROW}[^()]*)\)?$", re.IGNORECASE),
    re.compile(rf"^(?P<name>{STAGES})\s+(?:is\s+)?(?P<steps>\w[^()]*?{ARROW}[^()]*)$", re.IGNORECASE),
)


@dataclass
class Phrase:
    """A phrase while its qualifiers are taken off; ``found`` collects what they say."""

    text: str
    found: dict[str, object]
    notes: list[str]

    def take(self, pattern: str) -> re.Match[str] | None:
        """Take the first match off the text and return it."""
        match = re.search(pattern, self.text, re.IGNORECASE)
        if match:
            self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}".strip(" ,")
        return match


@dataclass(frozen=True)
class Steps:
    """A field whose values come one after the other; ``values``: its values parted by slashes."""

    name: str
    values: str
    quote: str


def read_steps(text: str) -> Steps | None:
    """Read "a stage that goes draft -> submitted -> approved or rejected", or return None."""
    plain = " ".join(text.split()).strip(" ,.")
    for pattern in STEPS:
        match = pattern.match(plain)
        if match:
            steps = match["steps"].strip()
            parted = re.sub(rf"\s*{ARROW}\s*", " / ", steps)
            parted = parted if parted != steps else re.sub(r",?\s+(?:and\s+)?(?:to|then)\s+", " / ", steps)
            return Steps(match["name"], parted, steps)
    return None


def take_kind(phrase: Phrase) -> None:
    """Take the kind of time off "when we looked (date and time)"; the clause then says it in its own words."""
    match = KIND.match(phrase.text)
    if match is None:
        return
    kind, head = KINDS[match["kind"].lower()], match["head"]
    spoken = {"datetime": "date and time", "date": "date", "time": "time"}[kind]
    when = re.match(r"when\s+(?=\w)", head, re.IGNORECASE)
    if when:
        phrase.found["said"] = phrase.text
        phrase.text = f"the {spoken} {head[when.end() :]}"
        return
    phrase.text, phrase.found["type"] = (
        ("date and time" if head.lower() == "when" and kind == "datetime" else head),
        typed(kind),
    )


def take_example(phrase: Phrase) -> None:
    """Take "like 32.5" off the phrase: the number shows what is kept."""
    match = phrase.take(EXAMPLE)
    if match:
        phrase.found["example"] = match["number"]


def take_optional(phrase: Phrase) -> None:
    """Take "optional", "if any", "maybe" and the like off the phrase."""
    whole = phrase.text
    while match := phrase.take(OPTIONAL) or phrase.take(CONDITION):
        phrase.found["optional"] = True
        if WAITING.search(match[0]):
            phrase.notes.append(f"“{whole}” may be empty")


def take_units(phrase: Phrase) -> None:
    """Take "in euros" (said in a note: the amount is plain) or "in minutes" (goes into the name) off the phrase."""
    money = phrase.take(rf"\bin {UNITS_OF_MONEY}\b")
    if money:
        phrase.found["money"] = True
        phrase.notes.append(f"the currency ({money[0].removeprefix('in ')}) is not stored, only the amount")
    unit = phrase.take(rf"\bin {UNITS}\b")
    if unit:
        phrase.found["unit"] = unit[1].lower()
