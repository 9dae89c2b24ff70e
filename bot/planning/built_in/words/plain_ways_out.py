"""Says plainly which steps a status takes, where people tell the last ones in a row, or a way out beside the steps.

"It goes from planned to loading, then firing, cooling and finally unloaded"; "a parcel can be called off while it is
packed or sent"; "it can be cancelled as long as it isn't sent yet".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.patterns import regex
from bot.planning.built_in.words.rewriting import END, STATEMENT, Ways, replaced, rewritten

__all__ = ["in_plain_ways_out"]

STATE = (
    r"(?!(?:and|or|then|finally|to|from|it|is|the|a|an)\b)[a-z]+"
    r"(?: (?:off|out|in|up|down|over|back|away|way|progress|transit))?"
)
LAST = r"(?:finally|at last|lastly|in the end|eventually|then)"
GOES = r"(?:goes|go|moves|move|passes|pass)"
LIST = rf"{STATE}(?:(?:,| or|, or| and|, and) {STATE})*"
OUT = (
    r"(?:called off|cancell?ed|withdrawn|aborted|abandoned|rejected|declined|refused|revoked|scrapped|dropped|given up|"
    r"taken back|stopped)"
)
"""What ends something before its time."""
ONE = r"(?P<one>it|(?:an?|each|every|the) [a-z-]+(?: [a-z-]+)??)"
MAY = r"(?:can|may|could)(?: also| still| only| always)* be"
IT_IS = r"(?:it is|it's|they are|the [a-z-]+ is)"
ISNT = r"(?:it is not|it isn't|it's not|the [a-z-]+ is not|the [a-z-]+ isn't|it has not been|it hasn't been)"
CHAIN = regex(rf"\b{GOES} from (?P<chain>[^.;:!?\n]+)", re.IGNORECASE)
STEP = regex(r"\s*(?:,\s*)?(?:\b(?:and|then|finally|lastly|from|to|at last)\b\s*)+|\s*,\s*", re.IGNORECASE)


def in_a_row(found: re.Match[str], text: str) -> str:
    """Return "then firing, cooling and finally unloaded" as one step after the other."""
    states = re.split(r",\s*", found["list"])
    steps = ", then ".join([*states, found["end"]])
    return f"{text[: found.start()]}{found['lead']}{steps}{text[found.end() :]}"


def out_of(found: re.Match[str], text: str) -> str | None:
    """Return "a parcel can be called off while it is packed or sent" as ways from these states."""
    states = re.split(r"(?:,? (?:or|and) |, )", found["states"].lower())
    others = f"{text[: found.start()]} {text[found.end() :]}"
    return led_out(found, text, states) if all(is_state(state, others) for state in states) else None


def out_before(found: re.Match[str], text: str) -> str | None:
    """Return "it can be called off as long as it isn't sent yet" as ways from the states before that one."""
    end = found["states"].lower()
    chain = next((steps for steps in chains_in(text) if end in steps[1:]), [])
    return led_out(found, text, chain[: chain.index(end)]) if chain else None


def led_out(found: re.Match[str], text: str, states: Sequence[str]) -> str:
    """Return a text with a way from each of some states to the one that ends it all."""
    ways = ", ".join(f"from {state} to {found['out'].lower()}" for state in states)
    return replaced(found, text, f"{found['one'].capitalize()} goes {ways}")


def is_state(state: str, text: str) -> bool:
    """Tell whether a text leads to or from a state, or lists it as one."""
    return re.search(rf"(?:\bfrom|\bto|\bthen|,|\band|\bor|:) {re.escape(state)}\b", text, re.IGNORECASE) is not None


def chains_in(text: str) -> list[list[str]]:
    """Return the states of each "goes from … to …, then …" in order, where none comes twice."""
    chains = []
    for found in CHAIN.finditer(text):
        states = [state for state in STEP.split(found["chain"].lower()) if state]
        steps = [state for n, state in enumerate(states) if not n or state != states[n - 1]]
        if len(set(steps)) == len(steps) and all(re.fullmatch(STATE, step) for step in steps):
            chains.append(steps)
    return chains


WAYS: Ways = tuple(
    (regex(said, re.IGNORECASE), plain)
    for said, plain in (
        (
            (
                rf"(?P<lead>\b{GOES} from [^.;:!?\n]{{1,200}}?\bthen (?:to )?)(?P<list>{STATE}(?:, {STATE})*),? and "
                rf"{LAST} (?:to )?(?P<end>{STATE})(?=\s*(?:[,.;!?\n]|$))"
            ),
            in_a_row,
        ),
        (
            (
                rf"{STATEMENT}{ONE} {MAY} (?P<out>{OUT}) (?:only )?(?:while|as long as|so long as|when|if) {IT_IS} "
                rf"(?:still |only )?(?P<states>{LIST}){END}"
            ),
            out_of,
        ),
        (
            (
                rf"{STATEMENT}{ONE} {MAY} (?P<out>{OUT}) (?:(?:while|as long as|so long as|if) {ISNT}|"
                rf"(?:until|before) {IT_IS})(?: yet)? (?P<states>{STATE})(?: yet)?{END}"
            ),
            out_before,
        ),
    )
)
"""Ways of telling the steps of a status, and what says them plainly."""


def in_plain_ways_out(text: str) -> str:
    """Return a text with the last steps of a status, and the ways out of it, said one by one."""
    return rewritten(text, WAYS)
