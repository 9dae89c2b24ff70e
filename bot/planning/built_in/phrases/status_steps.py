"""Reads in which steps a status goes: "open -> done", "goes from draft to sent, then paid".

People spread the steps over several clauses, and the later ones go on from where the last ended. `read_steps_clause`
reads what one clause says, if it says any; `Steps` (in `steps`) collects them.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import lru_cache

from bot.patterns import regex
from bot.planning.built_in.phrases.step_tales import read_tale, spelled_out
from bot.planning.built_in.phrases.steps import ARROW, StepClause, Steps, states_of, steps_subject
from bot.planning.built_in.words.ordered_values import in_arrows
from bot.planning.built_in.words.vocabulary import is_verb_form, straight, word_set

__all__ = ["read_steps_clause", "steps_of_field"]

LONGEST_CLAUSE = 400
WORD = (
    r"(?!(?:from|to|then|or|and|it|they|the|a|an|is|are|be|can|may|back(?=\s+\w)|only|either|not|no|"
    r"once|while|after)\b)[a-z][\w'-]*"
)
STATE = rf"(?:{WORD}(?:\s+{WORD}){{0,2}}?)"
STATES = rf"(?:{STATE}(?:\s*(?:,|/|,?\s*\bor\b|,?\s*\band\b)\s*(?:to\s+)?{STATE})*)"
PLAIN = (
    r"(?!(?:can|may|could|will|must|should|shall|might|is|are|be|to|from|go|goes|become|"
    r"becomes|then|has|have|with|and|that|which)\b)[a-z][\w-]*"
)
NOUN = rf"{PLAIN}(?:\s+{PLAIN}){{0,2}}?"
ARTICLE = r"(?:an?|the|each|every|any|one|its|their|all)\s+"
MODAL = (
    r"(?:(?:can|may|could|will|must|should|shall|might|also|still|only|always|first|later|"
    r"again|usually|however|even)\s+)*"
)
GOES = (
    r"(?:go(?:es)?|going|moves?|passes|pass|proceeds?|progress(?:es)?|advances?|runs?|flows?|changes?|travels?|"
    r"(?:is|are|gets?|be) (?:moved|set|put|changed|switched|passed|taken(?! in\b))|falls?|returns?|comes?|jumps?)"
)
BECOMES = (
    r"(?:becomes?|turns?(?: into)?|changes? (?:in)?to|(?:is|are|gets?|"
    r"be) (?:then\s+)?(?:marked|set|put)(?: as| to)?|ends? (?:up\s+)?as)"
)
BACK = r"(?:back\s+)?"
LEAD = regex(
    r"^(?:and|but|then|also|so|finally|afterwards|after that|at last|at the end|in the end|"
    r"later(?: on)?|from there|next|"
    r"if [\w' ]{1,40}?(?:,|(?=\s(?:it|they)\b)))[\s,]+(?=\S)",
    re.IGNORECASE,
)
WANTED = regex(r"^(?:i|we)(?:'d| would)? (?:want|like|need)\s+(?=.+\sto\s)", re.IGNORECASE)
"""A wish before the steps: "we want a parcel to go from …"."""
NOTHING_ELSE = regex(r",\s*(?:and\s+)?(?:nothing|none) else$", re.IGNORECASE)
GOING_CHAIN = regex(
    rf"^(?:(?P<subject>(?:{ARTICLE})?{NOUN}(?:'s (?:status|state|stage))?)\s+)??{MODAL}(?:{GOES}|(?:is|are))\s+"
    rf"(?:through\s+)?(?:from\s+)?(?P<chain>.+)$",
    re.IGNORECASE,
)
"""Whose steps follow, in arrows or in words of order: "a booking goes first requested, then confirmed"."""
CHAIN = regex(rf"^(?:(?P<subject>{NOUN})\s*:\s*)?(?P<chain>{STATES}(?:\s*{ARROW}\s*{BACK}{STATES})+)$", re.IGNORECASE)
FROM_TO = regex(
    rf"^(?:(?P<subject>(?:{ARTICLE})?{NOUN}(?:'s (?:status|state))?)\s+)??(?:to\s+)?{MODAL}{GOES}\s+(?:through\s+)?"
    rf"(?:from\s+)(?P<first>{STATES})\s+{BACK}to\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
COMMA_BEFORE_TO = regex(r",\s+(?=to\s)")
FROM_SHORT = regex(rf"^from\s+(?P<first>{STATES})\s+{BACK}to\s+(?P<rest>.+)$", re.IGNORECASE)
STARTS = regex(
    rf"^(?:(?P<subject>(?:{ARTICLE})?{NOUN})\s+)?{MODAL}(?:starts?|begins?|(?:is|are) created|"
    rf"is born|comes? in|opens?|arrives?|is"
    r" entered)(?:\s+(?:out|off|its life))?\s+(?:as|in|with|at)\s+(?:being\s+)?(?:an?\s+|the\s+(?:status|state)\s+)?"
    rf"(?P<state>{STATE})(?:\s*,?\s+(?P<rest>(?:and\s+)?(?:then|goes|to|later|can|may)\b.+)|\s*,\s*(?P<more>[a-z]+ed\b.+))?$",
    re.IGNORECASE,
)
AT_FIRST = regex(
    rf"^(?:(?P<subject>(?:{ARTICLE})?{NOUN})\s+)?(?:is|are)\s+(?:(?:at first|first|"
    rf"initially)\s+(?P<early>{STATE})|(?P<state>{STATE})\s+(?:at first|first|"
    rf"initially|to begin with|in the beginning))(?:\s*,?\s+(?:and\s+)?then\s+(?P<rest>.+))?$",
    re.IGNORECASE,
)
STATE_OF = regex(
    (
        rf"^(?:the\s+)?(?:status|state|stage)\s+of\s+(?:an?|the|each|"
        rf"every)\s+(?P<subject>{NOUN})\s*(?::|is|goes|"
        rf"can be)\s+(?P<state>{STATE}),?\s+then\s+(?P<rest>.+)$"
    ),
    re.IGNORECASE,
)
ASIDE = regex(r",\s*(?:when|if|unless)\s[^,]{3,40},\s*(?=\w)", re.IGNORECASE)
"""A condition inside a list of steps: "handed out or, when nobody shows up, returned"."""
RETURNED_TO = regex(r"\b(returned|handed back|sent back|given back) to (?:the|its|their) \w+\b", re.IGNORECASE)
ONE = (
    r"(?:(?:only\s+)?(?:(?:an?|the|any|every|each|one)\s+)?(?:only\s+)?"
    rf"(?P<from>{STATES})(?:\s+(?:one|ones|(?P<subject>{NOUN})))?)"
)
TURNS = regex(
    rf"^(?:only\s+)?{ONE}\s+{MODAL}(?:{BECOMES}|{GOES}\s+{BACK}to|be)\s+{BACK}(?:to\s+)?(?:be\s+)?(?P<rest>(?:either\s+)?{STATES})(?P<tail>,.*)?$",
    re.IGNORECASE,
)
CAN_BE = regex(
    rf"^(?:only\s+)?{ONE}\s+(?:can|may|could|must)\s+(?:(?:also|still|only|then|always|yet|later|even)\s+)*be\s+"
    rf"(?P<to>{STATE})(?P<tail>(?:,|\s+(?:again|too|later|by|to|as well)\b).*)?$",
    re.IGNORECASE,
)
WHILE = regex(
    rf"^(?:while|when|as long as(?: it is)?|once|from)\s+(?:it is\s+|"
    rf"still\s+)*(?P<from>{STATES}),?\s+(?:it|they|one|you|"
    rf"(?:{ARTICLE}){NOUN})\s+(?:can|may|could)\s+(?:(?:also|still|only|then)\s+)*(?:be\s+(?P<to>{STATE})|(?:go|fall|move|"
    rf"return|come)\s+{BACK}to\s+(?P<back>{STATE})|(?P<verb>[a-z]+\s+out|[a-z]+))(?P<tail>(?:,|\s+(?:to|by|again|with)\b).*)?$",
    re.IGNORECASE,
)
NEXT = regex(
    rf"^(?:(?:it|they|which|(?P<subject>{ARTICLE}{NOUN}))\s+)?{MODAL}(?:(?:{BECOMES}|{GOES}\s+{BACK}to|is|are|to|then)\s+)+(?:either\s+)?"
    rf"(?P<rest>{BACK}{STATES}(?:\s*,?\s*(?:and\s+)?(?:then|at last|finally|after that)\s+.+)?)$",
    re.IGNORECASE,
)
LISTED = regex(
    rf"^(?P<subject>(?:{ARTICLE})?{NOUN})\s+{MODAL}(?:goes|go|moves?|runs?|pass(?:es)?)\s+(?:through\s+|from\s+)?(?:the\s+)?(?:(?:states|stages|steps|phases)\s*:?\s+)?(?P<list>{STATE}(?:\s*,\s*(?:then\s+)?{STATE}){{1,8}}"
    rf"(?:,?\s+(?:and|then|and then|or)\s+{STATE})?)$",
    re.IGNORECASE,
)
FINAL = regex(
    rf"^(?:(?:{STATES})\s+(?:is|are)\s+(?:always\s+)?(?:the\s+)?(?:final|end|ends|last|over|"
    rf"the end|end states?|terminal|closed for good)(?:\s+"
    r"(?:state|states|step|steps|one|ones))?|(?:after that|then|afterwards|"
    r"from then on)\s+(?:it|they|nothing)\s+.*(?:change|changes|"
    r"move|moves|happens).*|nothing(?:\s+(?:else|comes|changes|follows).*)?|no way back.*|that is (?:the end|final)|"
    rf"(?:after\s+{STATE}\s+)?no more|(?:once|after)\s+(?:it is\s+)?{STATE},?\s+(?:it|they|"
    rf"nothing|(?:{ARTICLE}){NOUN})\s+(?:can't|cannot|can not|may not|must not|can)\s+"
    r"(?:be\s+)?(?:reopened|changed|go(?:es)? back|undone|change).*)$",
    re.IGNORECASE,
)
FREE_AGAIN = regex(
    rf"^(?:(?:and|but|so|then)\s+)*(?:the|its|their|his|her)\s+{NOUN}\s+(?:is|are|becomes?|gets?|can be)\s+(?:then\s+)?"
    r"(?:free|available|vacant|bookable|lendable|open|booked|lent|rented|taken|reserved)\b.*\b(?:again|once more)\b",
    re.IGNORECASE,
)
"""What becomes of the thing that something was about, which is no step of the record: "then the dog is free again"."""
FOR_WHAT = regex(r"\s(?:for|to|by|in|on|at|with|from|of|about)$", re.IGNORECASE)
"""What can be applied for is in no state of that name."""
VERB_STATES = {
    "drop out": "dropped out", "opt out": "opted out", "sign out": "signed out", "cancel": "cancelled",
    "withdraw": "withdrawn", "reject": "rejected", "close": "closed", "reopen": "open", "leave": "left",
}  # fmt: skip
"""What people do, and the state that it leads to."""
ENDS_UP = regex(
    r"\b(?:ends? (?:up|as)|until|when|waits?|starts? (?:out )?as an?|(?:is|are|gets?) then|first to do)\b",
    re.IGNORECASE,
)
"""Words of a story of steps, which are no part of a state."""
MOMENTS = word_set("start starts begin beginning end ends finish arrival departure")
"""Words that are the two ends of a period, and no states where nothing else is named."""


@lru_cache(maxsize=1_000)
def read_steps_clause(clause: str) -> StepClause | None:
    """Return the steps that a clause says, or None where it says something else."""
    text = spelled_out(straight(clause, " ,.!;"))
    if not text or len(text) > LONGEST_CLAUSE:
        return None
    is_alternative = re.match(r"^(?:and |but )?(?:if|otherwise|else|or)\b", text, re.IGNORECASE) is not None
    was_then = (
        re.match(r"^(?:and\s+)?(?:then|finally|at last|from there|after that)\b", text, re.IGNORECASE) is not None
    )
    if FREE_AGAIN.match(text):
        return None
    if FINAL.match(text):
        return StepClause("", (), is_sure=False)
    while LEAD.match(text):
        text = LEAD.sub("", text, count=1)
    text = RETURNED_TO.sub(r"\1", ASIDE.sub(" ", NOTHING_ELSE.sub("", WANTED.sub("", text))))
    if FINAL.match(text):
        return StepClause("", (), is_sure=False)
    tale = read_tale(text) or read_tale(clause)
    found = tale if tale and tale.asides else said_by(text, was_then=was_then)
    found = tale if tale and (found is None or ENDS_UP.search(text)) else found
    return replace(found, is_alternative=is_alternative) if found else None


def said_by(text: str, *, was_then: bool) -> StepClause | None:
    """Return the steps of a clause without the words that lead to it, or None."""
    return (
        going_chain(text)
        or chained(text)
        or at_first(text)
        or from_to(text)
        or starting(text)
        or listed(text)
        or turning(text)
        or going_on(text, was_then=was_then)
    )


def steps_of_field(quote: str) -> Steps | None:
    """Return the steps that stand behind a field's name ("new -> old -> gone", "new to old, then gone"), or None."""
    said = read_steps_clause(in_arrows(quote) or quote) or read_steps_clause(f"it goes from {quote}")
    if said is None or not said.ways:
        return None
    steps = Steps(quotes=[quote])
    for sources, targets in said.ways:
        steps.go(steps.known(sources) or steps.last, steps.known(targets))
    return steps


def going_chain(text: str) -> StepClause | None:
    """Read "bookings go requested -> confirmed", "a booking goes first requested, then confirmed"."""
    match = GOING_CHAIN.match(text)
    if match is None:
        return None
    chain = chained(in_arrows(match["chain"]) or match["chain"])
    return replace(chain, subject=steps_subject(match["subject"] or "")) if chain and not chain.subject else None


def chained(text: str) -> StepClause | None:
    """Read "draft -> sent -> paid or cancelled", "draft -> sent, sent -> paid"."""
    match = CHAIN.match(text)
    if match is None:
        return None
    parts = re.split(r"\s*,\s*(?:and\s+)?", match["chain"])
    chains = parts if all(re.search(ARROW, part) for part in parts) else [match["chain"]]
    stations = [[states_of(part) for part in re.split(rf"\s*{ARROW}\s*", chain)] for chain in chains]
    if not all(map(all, stations)):
        return None
    ways = itertools.chain.from_iterable(map(itertools.pairwise, stations))
    return StepClause(steps_subject(match["subject"] or ""), tuple(ways))


def ways_from(first: tuple[str, ...], rest: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] | None:
    """Return the ways of "to sent, then to paid, from paid to closed", begun at some states; None where unclear."""
    ways: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    current = first
    parts = re.split(
        r"\s*,?\s+(?:and\s+)?(?:then|after that|at last|finally|from there)(?:\s+(?:on|"
        r"it))?(?:\s+(?:can|may|either))*(?:\s+(?:go|goes|be|is|are|gets?|becomes?|moves?))?\s+(?:to\s+)?|"
        r"\s*,\s*(?:and\s+)?(?=to\s|from\s)|\s+and\s+(?=to\s|from\s)|\s+to\s+(?=\w)",
        f" {rest.strip()}",
    )
    for part in filter(None, (piece.strip() for piece in parts)):
        begins = re.match(r"from\s+(?!there)(?P<from>.+?)(?:\s+(?:back\s+)?to\s+(?P<to>.+))?$", part, re.IGNORECASE)
        if begins:
            current = states_of(begins["from"])
            if not current:
                return None
            if not begins["to"]:
                continue
        targets = states_of(begins["to"] if begins else part)
        if not targets:
            return None
        ways.append((current, targets))
        current = targets
    return tuple(ways)


def from_to(text: str) -> StepClause | None:
    """Read "an order goes from open to baked and then to collected", "from applied to accepted or waiting"."""
    text = COMMA_BEFORE_TO.sub(" ", text)
    match = FROM_TO.match(text)
    short = FROM_SHORT.match(text) if match is None else None
    found = match or short
    first = states_of(found["first"]) if found else ()
    if not found or not first:
        return None
    ways = ways_from(first, found["rest"])
    if not ways or {state for way in ways for states in way for state in states} <= MOMENTS:
        return None
    return StepClause(steps_subject(match["subject"] or "") if match else "", ways, is_sure=match is not None)


def starting(text: str) -> StepClause | None:
    """Read "a task starts as new, then goes to done"."""
    match = STARTS.match(text)
    state = states_of(match["state"]) if match else ()
    if not match or len(state) != 1:
        return None
    if match["more"]:
        return passing(match, state)
    rest = re.sub(
        r"^(?:and\s+)?(?:(?:then|later|it|they|goes|can|may|go|be|is|are|gets?)\s+)+(?:to\s+)?", "", match["rest"] or ""
    )
    ways = ways_from(state, rest) if rest else ()
    return StepClause(steps_subject(match["subject"] or ""), ways, start=state[0]) if ways is not None else None


def at_first(text: str) -> StepClause | None:
    """Read "a donation is announced first, then picked up, then stored"."""
    match = STATE_OF.match(text) or AT_FIRST.match(text)
    parts = match.groupdict() if match else {}
    state = states_of(parts.get("early") or parts.get("state") or "") if match else ()
    if not match or len(state) != 1:
        return None
    ways = ways_from(state, match["rest"]) if match["rest"] else ()
    return StepClause(steps_subject(match["subject"] or ""), ways, start=state[0]) if ways is not None else None


def passing(match: re.Match[str], state: tuple[str, ...]) -> StepClause | None:
    """Read "created as draft, submitted by the employee, and then approved or rejected by a manager"."""
    plain = re.sub(r"\s+by\s+(?:an?|the|one|our|its|their)\s+[\w-]+", "", match["more"])
    stations = [
        states_of(part)
        for part in re.split(r"\s*,?\s+and then\s+|\s*,\s*(?:and\s+)?(?:then\s+)?", plain)
        if part.strip()
    ]
    if not all(stations):
        return None
    ways = tuple(zip([state, *stations], stations, strict=False))
    return StepClause(steps_subject(match["subject"] or ""), ways, start=state[0])


def listed(text: str) -> StepClause | None:
    """Read "tickets go open, in progress, solved, closed"."""
    match = LISTED.match(text)
    if match is None:
        return None
    states = [
        states_of(part)
        for part in re.split(r"\s*,\s*(?:and\s+|then\s+)?|\s+(?:and then|then|and)\s+", match["list"])
        if part
    ]
    if len(states) < 3 or not all(states):
        return None
    return StepClause(steps_subject(match["subject"]), tuple(itertools.pairwise(states)))


def turning(text: str) -> StepClause | None:
    """Read "a confirmed one becomes done or missed", "while sent, it may be paid"."""
    spared = WHILE.match(text)
    if spared:
        sources = states_of(spared["from"])
        verb = (spared["verb"] or "").lower()
        target = states_of(spared["to"] or spared["back"] or VERB_STATES.get(verb, ""))
        return StepClause("", ((sources, target),), is_sure=False) if sources and target else None
    can_be = CAN_BE.match(text)
    if can_be and is_verb_form(can_be["to"].split()[0].lower()) and (step := step_to(can_be, can_be["to"])):
        return step
    turns = TURNS.match(text)
    return step_to(turns, turns["rest"]) if turns else None


def step_to(match: re.Match[str], states: str) -> StepClause | None:
    """Return the step from where a match says it begins to these states; None where they are something else."""
    sources, targets = states_of(match["from"]), states_of(states)
    if FOR_WHAT.search(states) or not sources or not targets:
        return None
    return StepClause(steps_subject(match["subject"] or ""), ((sources, targets),), is_sure=False)


def going_on(text: str, *, was_then: bool) -> StepClause | None:
    """Read "then it is confirmed or cancelled", "goes to done": it goes on from where the last clause ended."""
    match = NEXT.match(text)
    rest = match["rest"] if match else text if was_then else ""
    ways = ways_from((), rest) if rest else None
    if not ways:
        return None
    return StepClause(steps_subject(match["subject"] or "") if match else "", ways, is_sure=False)
