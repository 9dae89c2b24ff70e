"""Says plainly how many there are of what, and for which occasions: "there are 140 berths, each with a length".

As in `bot.planning.built_in.words.plain_states`, each way of speaking has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one, spoken_of
from bot.planning.built_in.words.plain_letters import ABOUT, NUMBER
from bot.planning.built_in.words.rewriting import BEGIN, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.vocabulary import a, singular, word_set

__all__ = ["in_plain_stock"]

COUNTED = rf"(?:{NUMBER}|several|many|a number of|lots of|a lot of|a dozen|a few|plenty of)"
MANY = rf"(?:{WORD} )?(?!(?:this|its|his|has|is|was|as|us|days|weeks|months|years|hours)\b){WORD}s"
HERE = rf"(?: (?:in|on|at|across) (?:our|the|my|this) {WORD}(?: {WORD})?)?"
THERE_ARE = (
    rf"(?:there are|(?:we|i)(?: have|'ve got| own| run| manage| look after| keep| rent out| let| operate)|"
    rf"(?:our|the) {WORD}(?: {WORD})? (?:has|have|owns|offers|runs))"
)
EACH = r"(?:,? and|,|[.;]) (?:each|every one|all|every single one)(?: (?:one|of them|of which|of these))?,?"
FACTS = r"(?P<facts>(?:an?|the|its|their|one|several) [^.;!?\n]+)"
ASKING = (
    r"(?:(?:can|could|would|will) (?:you|we|i|somebody|someone) (?:please |perhaps |maybe )?|please |"
    r"(?:we|i)(?:'d| would) (?:like|love) (?:to have )?|(?:we|i) (?:need|want|are looking for|am looking for) )"
)
MADE = r"(?:(?:make|build|create|set up|write|program|design|have|get|do|use) (?:me |us )?)?"
SOMETHING = (
    r"(?:something|an? (?:(?:little|small|simple|new|easy) )?(?:app|tool|application|program|system|database|website|"
    r"service|list))"
)
DOES = (
    r"(?P<deed>organi[sz]es?|runs?|holds?|offers?|hosts?|do|does|put on|puts on|gives?|has|have|arranges?|plans?|"
    r"rents? out|lends?|lends? out|sells?|keeps?|repairs?|teach|teaches|own|owns)"
)
OCCASIONS = word_set(
    "evening morning afternoon night day weekend walk tour trip course class workshop tournament market rehearsal "
    "meeting concert café cafe event fair festival party camp match race reading talk lecture exhibition seminar "
    "session hike excursion drive collection auction quiz breakfast lunch dinner ride visit training lesson "
    "competition show screening ceremony gathering picnic sale regatta"
)
"""What takes place on a day."""


def each_of_them(found: re.Match[str], text: str) -> str:
    """Return "there are 140 berths in our marina, each with a length" as what each of them has."""
    thing = singular(found["many"].lower())
    facts = re.sub(r"\b(?:its|their) ", "a ", found["facts"])
    return replaced(found, text, f"Each {thing} has {facts}")


def asked_for(found: re.Match[str], text: str) -> str | None:
    """Return "could you set up something for the evenings we organise?" as evenings, each on its date."""
    many, rest = found["many"].lower(), text[found.end() :].lstrip(" ?.!\n")
    thing, last = one(many), one(many.split()[-1])
    if is_person(last) and last not in OCCASIONS:
        return None
    is_short = re.search(rf"\b(?:an?|the|each|every|which) {last}\b", rest, re.IGNORECASE) is not None
    thing = last if is_short and last in OCCASIONS else thing
    before = f"{text[: found.start()]}{found['begin'] if found['begin'].strip() else ''}"
    if last not in OCCASIONS:
        told = f"{(found['who'] or 'we').capitalize()} {found['deed'] or 'have'} {many}"
        return f"{before}{told}. {rest}" if found["who"] else None
    if {thing, last} & set(spoken_of(rest)):
        return f"{before}We keep {many}. {rest}"
    place = " and a place" if re.match(r" (?:in|at|on) (?:the|our|a) ", found["where"] or "") else ""
    return f"{before}{a(thing).capitalize()} has a date{place}. {rest}"


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"{BEGIN}{THERE_ARE} {ABOUT}{COUNTED} (?P<many>{MANY}){HERE}{EACH} "
                rf"(?:with|has|have|having|comes with) {FACTS}"
            ),
            each_of_them,
        ),
        (
            (
                rf"(?P<begin>^|[.!?]\s+|\n\s*){ASKING}{MADE}{SOMETHING} for (?:the|our|my|all our) "
                rf"(?P<many>(?:{WORD} ){{0,2}}?{WORD}s)(?: (?:that |which )?(?P<who>we|i|our {WORD}(?: {WORD})?) "
                rf"{DOES}(?P<where> (?:in|at|on|every|each|once|twice|with|for) [^.,;!?\n]+)?)?(?=\s*[.?!\n])"
            ),
            asked_for,
        ),
    )
)
"""Ways of telling how many there are, and what says them plainly."""


def in_plain_stock(text: str) -> str:
    """Return a text with what there is several of said as what each of it has."""
    return rewritten(text, WAYS)
