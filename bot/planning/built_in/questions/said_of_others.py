"""Takes from an answer what it says of other things than it was asked about: "a name; chairs are just counted"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, Said
from bot.planning.built_in.drafts.plain_facts import make_fact, owner_called, owners_of
from bot.planning.built_in.phrases.plain_facts import PlainFact, read_plain_fact
from bot.planning.built_in.questions.denied_things import take_things_denied, things_denied
from bot.planning.built_in.words.vocabulary import a

__all__ = ["parts_of_others", "take_of_others"]

LONGEST = 400
MOST_PARTS = 12
ENDS = " ,;.!\n"
BE = r"(?:is|are|isn['’]t|aren['’]t|was|were)"
BEGIN = rf"(?:(?:the|an?|there|there['’]s|we|i|as|no|our)\s|[\w-]+\s+{BE}\s)"
CUT = regex(
    rf"[.;!]+\s+(?:(?:and|but)\s+)?|\s?\n\s{{0,9}}|,\s+(?:(?:and|but)\s+)?(?={BEGIN})|"
    rf"\s(?:and|but)\s+(?=(?:there|there['’]s|we|i|as)\s|(?:(?:the|our|an?)\s+)?[\w-]+\s+{BE}\s)",
    re.IGNORECASE,
)
OPENS = regex(
    r"\b(?:as\s+for\s+(?:the\s+|our\s+)?[\w-]{2,30}(?:\s+[\w-]{2,30})?|told\s+you|said|before|already)$", re.IGNORECASE
)
"""What goes on behind a comma: "as for the seats, …", "I told you, …"."""
LONGEST_OPENING = 80
TOO = regex(r"\s(?:too|as\s+well|either)[\s.!]*$", re.IGNORECASE)
NO_MORE = regex(r"no\s+[\w-]+(?:\s+[\w-]+)?[\s.!]*$", re.IGNORECASE)


def take_of_others(draft: Draft, text: str, author: str, but: Sequence[EntityDraft] = ()) -> str:
    """Take which things parts of an answer deny, or say are a mere field of others; return the rest.

    ``but`` is what was asked about: where nothing is said of it, the whole answer is returned, and nothing taken.
    """
    rest, others = parts_of_others(draft, text, but)
    if but and not rest.strip(ENDS):
        return text
    for part in others:
        take(draft, part, author)
    return rest


def parts_of_others(draft: Draft, text: str, but: Sequence[EntityDraft]) -> tuple[str, list[str]]:
    """Return an answer without the parts that speak so of other things than it was asked about, and these parts."""
    cuts = cuts_of(text)
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    others = [part for part in parts if speaks_of_other(draft, part, but)]
    if not others:
        return text, []
    joints = ["", *(cut[0] for cut in cuts)]
    kept = [(joint, part) for joint, part in zip(joints, parts, strict=True) if part not in others]
    return "".join(f"{joint}{part}" if number else part for number, (joint, part) in enumerate(kept)), others


def cuts_of(text: str) -> list[re.Match[str]]:
    """Return where an answer may be cut into its parts; nowhere where there are too many."""
    cuts = list(CUT.finditer(text)) if len(text) <= LONGEST else []
    ends = [cut for cut in cuts if not OPENS.search(text[max(0, cut.start() - LONGEST_OPENING) : cut.start()])]
    return ends if len(ends) < MOST_PARTS else []


def speaks_of_other(draft: Draft, part: str, but: Sequence[EntityDraft]) -> bool:
    """Tell whether a part of an answer says of other things that there are none, or that they are a mere field."""
    if denied := things_denied(draft, as_sentence(part)):
        return not any(one in denied for one in but)
    return other_fact(draft, part, but) is not None


def other_fact(draft: Draft, part: str, but: Sequence[EntityDraft]) -> tuple[EntityDraft, PlainFact] | None:
    """Return the other thing that a part says is a mere field, with what it is, where something has it; or None."""
    fact = read_plain_fact(as_sentence(part))
    thing = draft.entities.get(owner_called(draft, fact.what)) if fact and (fact.kind or fact.owner) else None
    if fact is None or thing is None or thing.is_pasted or any(thing is one for one in but):
        return None
    is_named = any(draft.references(name, thing.name) for name in draft.entities)
    return (thing, fact) if is_named or owners_of(draft, thing.name, fact) else None


def take(draft: Draft, part: str, author: str) -> None:
    """Take what a part of an answer says of another thing."""
    if found := other_fact(draft, part, ()):
        thing, fact = found
        kept = make_fact(draft, thing.name, fact, Said(author, part))
        draft.decide(f"{a(thing.noun).capitalize()} is no thing of its own, only {joined(kept)} ({author})")
    else:
        take_things_denied(draft, as_sentence(part), author)


def as_sentence(part: str) -> str:
    """Return the "no chairs" behind a list as a sentence; without the "too" at its end."""
    part = TOO.sub("", part)
    return f"there are {part}" if NO_MORE.match(part) else part
