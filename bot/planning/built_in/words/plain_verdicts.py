"""Says plainly who decides on a state: "the pilot decides whether his flight is confirmed or called off".

Whoever decides so is the only one who brings it there, where the text tells of these states somewhere else; of what no
sentence tells as a state, nothing is said here.
"""

from __future__ import annotations

import re

from bot.documents.naming import plural
from bot.patterns import regex
from bot.planning.built_in.words.choice_phrases import is_value
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.deed_rows import thing_before
from bot.planning.built_in.words.people_words import ROLE_NOUNS
from bot.planning.built_in.words.rewriting import END, LONGEST, SENTENCE, WORD, Ways, replaced, rewritten
from bot.planning.built_in.words.role_nouns import is_role_noun
from bot.planning.built_in.words.vocabulary import a, spoken, words_of

__all__ = ["are_states", "in_plain_verdicts"]

WHO = rf"(?P<who>(?:(?:an?|the|each|every|our|its|their) )?{WORD}(?: (?!decide|choose|say|determine|rule){WORD})?)"
THING = rf"(?P<thing>it|they|(?:an?|the|each|every|his|her|their|its|our|my) {WORD}(?: {WORD})?|{WORD}s)"
STATE = r"(?!not\b)(?:in |on |off |out )?[a-z][a-z-]*(?: (?:off|out|in|on|up|down|back|away|over|work|use))?"
STATES = rf"(?P<states>(?:either )?{STATE}(?:, (?:or )?{STATE}){{0,4}}(?:,? or (?!not\b){STATE})?)(?: or not)?"
IS = r"(?:is|are|gets?|becomes?|goes|stays?|should be|will be|may be|can be|has been|have been)"
WHETHER = rf"(?:whether|if|when|which(?: of the)?) {THING} {IS} {STATES}"
ALONE = r"(?:(?:may|can|will|should|alone|always|then|finally|later) )*"
DECIDES = regex(rf"{SENTENCE}{WHO} {ALONE}(?:decides?|chooses?|determines?|says?|rules) {WHETHER}{END}", re.IGNORECASE)
UP_TO = regex(rf"{SENTENCE}(?:it is|it's) (?:always )?up to {WHO} {WHETHER}{END}", re.IGNORECASE)
DECIDED = regex(
    rf"{SENTENCE}{WHETHER},? (?:is|are|gets) (?:always )?(?:decided(?: on)? by|chosen by|determined by|up to) "
    rf"{WHO}{END}",
    re.IGNORECASE,
)
OWN = frozenset({"his", "her", "their", "its"})
"""Words that say that only those of the thing decide on it."""
PIECE = regex(r"[^.!?\n]{1,400}")
TELLS_STATES = regex(r"\b(?:is|are|be|goes|go|status|state|starts?|begins?|becomes?|then)\b|→|->", re.IGNORECASE)


def decided(found: re.Match[str], text: str) -> str | None:
    """Return who alone sets a thing to states, where other sentences tell these; None where they don't."""
    thing = thing_meant(found, text)
    states = states_in(found["states"])
    rest = f"{text[: found.start()]}\n{text[found.end() :]}"
    if not thing or not all(map(is_value, states)) or not are_states(states, rest):
        return None
    who = one(found["who"])
    if not (is_person(who) or is_role_noun(who)) or who == thing:
        return None
    said = found["who"].lower()
    whose = found["thing"].lower().partition(" ")[0]
    is_new = said.split()[0] in {"the", "an", "a"} and re.search(rf"\b{re.escape(who)}", rest, re.IGNORECASE) is None
    if is_new and words_of(who)[-1] not in ROLE_NOUNS:
        said = spoken(plural(who.replace(" ", "_")))
    name = f"the {who}" if whose in OWN or said.split()[0] in {"its", "their", "each", "every"} else said
    return replaced(found, text, f"Only {name} may set {a(thing)} to {' or '.join(states)}")


def thing_meant(found: re.Match[str], text: str) -> str:
    """Return the thing that is decided on, in the singular; nothing where it can't be told."""
    said = found["thing"].lower()
    if said in {"it", "they"}:
        return thing_before(text[: found.start()])
    return one(re.sub(r"^(?:his|her|their|its|our|my) ", "", said))


def states_in(listed: str) -> list[str]:
    """Return the states of a list, one after the other."""
    parts = re.split(r",\s*(?:or\s+)?|\s+or\s+", listed.strip().removeprefix("either ").lower())
    return [part.strip() for part in parts if part.strip()]


def are_states(states: list[str], rest: str) -> bool:
    """Tell whether a sentence elsewhere in a text tells of all these states."""
    found = [piece[0].lower() for piece in PIECE.finditer(rest[:LONGEST])]
    return any(
        TELLS_STATES.search(piece) and all(re.search(rf"\b{re.escape(state.lower())}\b", piece) for state in states)
        for piece in found
    )


WAYS: Ways = ((DECIDES, decided), (UP_TO, decided), (DECIDED, decided))


def in_plain_verdicts(text: str) -> str:
    """Return a text in which who decides on a state is said as who alone brings a thing there."""
    return rewritten(text, WAYS)
