"""What is known of the steps of a status: the ways between its states, whose they are, and what one clause adds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.words.vocabulary import DAYS, MONTHS, word_set

__all__ = ["ARROW", "StepClause", "Steps", "states_of", "steps_subject"]

ARROW = r"(?:-+>|→|=+>|>{1,2})"
NO_STATES = word_set(
    "one two three it them us me you day days week weeks month hour hours time times date the there here home work "
    "unique optional empty required edited changed deleted removed seen read updated booked-twice able allowed only"
)
"""Words that are no state of anything: "a draft can be edited" names an action."""
NO_SUBJECTS = {"", *word_set("it they status state stage which one ones steps phase workflow progress lifecycle")}
"""Words that mean what was spoken of, or its status."""


@dataclass
class Steps:
    """The steps of one status: ``edges`` in the order said, ``states`` in the order named, ``last`` where it is now."""

    edges: list[tuple[str, str]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    last: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    """Where it was before the last step."""
    quotes: list[str] = field(default_factory=list)

    def go(self, sources: tuple[str, ...], targets: tuple[str, ...]) -> None:
        """Add ways from each source to each target, and stand at the targets."""
        for state in (*sources, *targets):
            if state not in self.states:
                self.states.append(state)
        for source in sources:
            self.edges += [
                (source, target) for target in targets if source != target and (source, target) not in self.edges
            ]
        self.before, self.last = sources, targets

    def known(self, states: tuple[str, ...]) -> tuple[str, ...]:
        """Return states by their full names where only one known state ends with the words: "depot" for in_depot."""
        return tuple(self.full(state) for state in states)

    def full(self, state: str) -> str:
        """Return the only known state that ends with a shorter one, else the state itself."""
        longer = [one for one in self.states if one.endswith(f"_{state}")]
        return longer[0] if state not in self.states and len(longer) == 1 else state

    def start(self, state: str) -> None:
        """Stand at the first state."""
        if state not in self.states:
            self.states.insert(0, state)
        self.last = (state,)


@dataclass(frozen=True)
class StepClause:
    """What a clause says about steps: whose (as people said it, or nothing), and its ways."""

    subject: str
    ways: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """From which states to which; empty sources are where the last clause ended."""
    start: str = ""
    is_sure: bool = True
    """The form says steps by itself; else its states must be known."""
    is_alternative: bool = False
    """It says what happens instead of the last step ("if nobody is home it goes back to …")."""
    asides: tuple[str, ...] = ()
    """Who does a step, and with whom or what: "assigned to a crew"."""


def steps_subject(subject: str) -> str:
    """Return the noun of a subject: nothing for pronouns and for "the status"."""
    plain = re.sub(r"^(?:an?|the|each|every|any|one|its|their|all)\s+", "", subject.strip().lower())
    plain = re.sub(r"(?:'s)? (?:status|state|stage|steps)$", "", plain)
    return "" if plain in NO_SUBJECTS else plain


IN_STATE = regex(r"(?:in|at|under|out for) (?:work|use|order|sale|service|process|repair|transit)")
"""States that are said by a noun, which alone is none: "in work"."""


CALENDAR = DAYS | MONTHS | word_set("noon midnight christmas easter")
"""What time passes through, and no thing does: "from August to October"."""


def states_of(text: str) -> tuple[str, ...]:
    """Return the states in "accepted, or back to waiting" as snake_case words; nothing where one can't be a state."""
    plain = re.sub(r"\b(?:either|back to|to|as|the|an?|being|again)\b", " ", text.lower())
    parts = [part.strip(" .'\"") for part in re.split(r"\s*(?:,|/|\bor\b|\band\b)\s*", plain)]
    found = [part for part in parts if part]
    if not found or any(
        len(part.split()) > 3
        or (set(part.split()) & NO_STATES and not IN_STATE.fullmatch(part))
        or not part[0].isalpha()
        for part in found
    ):
        return ()
    if CALENDAR & set(found):
        return ()
    return tuple(dict.fromkeys(snake_case(part.replace("-", " ")) for part in found))
