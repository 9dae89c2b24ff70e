"""Knows what somebody is called who does something: who waters a plant is its caretaker, who tests a hose a tester."""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import SECOND_FORMS, is_person
from bot.planning.built_in.words.vocabulary import PARTICIPLES, word_set

__all__ = ["DEED", "doer_of", "verb_of"]

CALLED = {
    "water": "caretaker", "look": "caretaker", "care": "caretaker", "tend": "caretaker", "keep": "keeper",
    "feed": "keeper", "mow": "gardener", "weed": "gardener", "prune": "gardener", "plant": "gardener",
    "service": "technician", "maintain": "technician", "install": "technician", "write": "author", "cook": "cook",
    "guide": "guide", "coach": "coach", "stand": "deputy", "fill": "deputy", "step": "deputy", "tune": "tuner",
    "treat": "therapist", "nurse": "nurse", "host": "host", "pilot": "pilot", "judge": "judge", "audit": "auditor",
    "inspect": "inspector", "operate": "operator", "supervise": "supervisor", "coordinate": "coordinator",
    "collect": "collector", "instruct": "instructor", "edit": "editor", "translate": "translator",
    "conduct": "conductor", "act": "actor", "responsible": "manager", "charge": "manager",
    "direct": "director", "counsel": "counsellor", "run": "manager",
}  # fmt: skip
"""Who does it, where they aren't called by the verb and "-er", by its base form."""
PAST = {
    "wrote": "write", "drove": "drive", "taught": "teach", "led": "lead", "fed": "feed", "kept": "keep",
    "took": "take", "did": "do", "made": "make", "ran": "run", "stood": "stand", "won": "win", "gave": "give",
    "rode": "ride", "read": "read", "sold": "sell", "bought": "buy", "found": "find", "held": "hold",
    "brought": "bring", "lent": "lend", "saw": "see", "grew": "grow", "built": "build", "spoke": "speak",
    "sang": "sing", "caught": "catch", "drew": "draw", "hung": "hang", "mown": "mow",
}  # fmt: skip
"""Past forms by themselves, and their base forms."""
PLAIN = word_set(
    "test check clean drive lead teach train walk repair paint play review approve manage own organise organize "
    "prepare plan groom ride bake brew sew build restore interview examine report carry pack mend support mentor "
    "catalogue record file control monitor print scan design photograph assemble bind dye glaze load deliver buy sell "
    "rent borrow lend shear milk tutor moderate present speak sing dance wash"
)
"""Verbs whose doers are called by them and "-er"."""
ANYBODY = word_set("do handle deal work take make give see bring fix find")
"""What anybody may do: nothing that people are called by."""
DEED = (
    r"(?:takes? (?=care)|(?:is |are )?(?:in )?(?=responsible|charge))?"
    r"(?P<verb>[a-z]+)(?: (?:after|for|of|on|in|up|to|at|with|out))?"
)
"""A verb and what goes with it: "looks after"."""
DOUBLED = regex(r"([bdgmnprt])\1$")


def verb_of(form: str) -> str:
    """Return the base form of a verb that is known, by any of its forms: "tested" → "test"; or nothing."""
    form = form.lower()
    known = PLAIN | set(CALLED) | ANYBODY
    if form in PAST or form in PARTICIPLES or form in SECOND_FORMS:
        return PAST.get(form) or PARTICIPLES.get(form) or SECOND_FORMS[form]
    for ending in ("", "s", "es", "ed", "d"):
        stem = form.removesuffix(ending) if form.endswith(ending) else ""
        for base in (stem, DOUBLED.sub(r"\1", stem), f"{stem[:-1]}y" if stem.endswith("i") else ""):
            if base in known:
                return base
    return ""


def doer_of(form: str) -> str:
    """Return what somebody is called who does what a verb says; "person" for what anybody does; or nothing."""
    base = verb_of(form)
    if not base or base in ANYBODY:
        return "person" if base else ""
    if base in CALLED:
        return CALLED[base]
    doubles = re.search(r"[^aeiou][aeiou][bdgmnpt]$", base) and len(base) <= len("plan")
    base = f"{base[:-1]}i" if re.search(r"[^aeiou]y$", base) else base
    called = f"{base}{'r' if base.endswith('e') else f'{base[-1]}er' if doubles else 'er'}"
    return called if is_person(called) else "person"
