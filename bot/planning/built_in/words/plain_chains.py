"""Says as steps what people do to one thing after the other: "a reporter pitches a story, an editor accepts it".

Who does a step is kept as a link; as in `bot.planning.built_in.words.plain_upkeep`, it has one meaning only.
"""

from __future__ import annotations

import re

from bot.patterns import regex
from bot.planning.built_in.words.deed_nouns import is_person, one
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.rewriting import END, STATEMENT, rewritten
from bot.planning.built_in.words.vocabulary import a, is_verb_form, word_set

__all__ = ["in_plain_chains"]

WORD = r"(?!(?:and|or|is|are|has|have|it|they|we|then|not|can|may|must|who|which|that|to|from)\b)[a-z][a-z-]+"
SOMEBODY = rf"(?:an?|the|our|another|one of (?:the|our)) (?P<who>{WORD}(?: {WORD})?)"
OFFICE = r"(?:the )?(?P<office>accounting|management|finance|hr|support|reception|the board|the office|sales)"
HOW = r"(?: (?P<how>up|out|off|in|back|down|on))?"
WHERE = rf"(?: (?:in|on|to|into|at|for|by|with|as) (?:an?|the|our|one of (?:our|the)) (?P<where>{WORD}))?"
FIRST = regex(
    rf"{STATEMENT}{SOMEBODY} (?P<verb>[a-z]+s){HOW} (?:an?|the|their|his|her) (?P<thing>{WORD}),? "
    r"(?P<rest>[^.;!?\n]{10,400}?)" + END,
    re.IGNORECASE,
)
GAP = regex(
    r",\s*(?:and\s+)?(?:then\s+|finally\s+|later\s+)?|\s+and\s+(?:then|finally)\s+|\s+and\s+(?=(?:an?|the)\s)",
    re.IGNORECASE,
)
DOING = regex(
    rf"(?:{SOMEBODY}|{OFFICE}) (?P<verb>[a-z]+s)(?: or (?P<other>[a-z]+s))? (?:it|them){HOW}{WHERE}", re.IGNORECASE
)
DONE = regex(
    r"(?:it|they)(?:'s| is| are|'re| gets?) (?P<done>[a-z]+(?:ed|en|t|ld|ne|de|n)(?: or [a-z]+ed)?)" + HOW + WHERE,
    re.IGNORECASE,
)
FEWEST = 2
"""Steps behind the first one that make a story."""
NO_STEPS = word_set("has is owns knows likes wants needs sees keeps does gets was")


def step_of(piece: str) -> tuple[str, list[str]] | None:
    """Return the step of one clause and what it names: "an editor accepts or rejects it"; None for other clauses."""
    done = DONE.fullmatch(piece)
    found = done or DOING.fullmatch(piece)
    if found is None:
        return None
    ends = [one(found["where"])] if found["where"] else []
    if done:
        return with_how(done["done"].lower(), done["how"]), ends
    verbs = [verb.lower() for verb in (found["verb"], found["other"]) if verb]
    if NO_STEPS & {*verbs} or not (found["office"] or is_person(found["who"])):
        return None
    doers = [one(found["who"])] if found["who"] else []
    return with_how(" or ".join(map(participle, verbs)), found["how"]), [*doers, *ends]


def with_how(done: str, how: str | None) -> str:
    """Return what was done with the small word behind it: "sent back"; what is handed in is submitted."""
    if how and how.lower() == "in":
        return "submitted"
    return f"{done} {how.lower()}" if how else done


def chain(found: re.Match[str], text: str) -> str | None:
    """Return "a reporter pitches a story, an editor accepts or rejects it, …" as the steps of a story."""
    who, verb, thing = one(found["who"]), found["verb"].lower(), one(found["thing"])
    told = [step_of(piece.strip()) for piece in GAP.split(found["rest"]) if piece.strip()]
    steps = [step for step in told if step is not None]
    is_story = len(steps) == len(told) >= FEWEST and is_person(who) and not is_person(thing) and verb not in NO_STEPS
    if not is_story or not is_verb_form(participle(verb)):
        return None
    ends = dict.fromkeys(end for _, named in steps for end in named if end not in {who, thing})
    states = ", then ".join([with_how(participle(verb), found["how"]), *(state for state, _ in steps)])
    record = a(thing).capitalize()
    said = [f"Each {thing} belongs to {a(who)}", *(f"{record} may belong to {a(end)}" for end in ends)]
    return f"{text[: found.start()]}{found['begin']}{'. '.join(said)}. {record} is {states}{text[found.end() :]}"


def in_plain_chains(text: str) -> str:
    """Return a text with what people do to a thing one after the other said as its steps."""
    return rewritten(text, ((FIRST, chain),))
