"""Reads what is kept on an occasion: "every time someone does an inspection of a hive we note the date, …".

Also what people say about a few things to tell that a link goes both ways: "some hives have two people on them".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Link, LinkKind
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, SENTENCE_WORDS, base_verb, entity_name, words_of

__all__ = ["Occasion", "Shared", "is_sometimes_more", "read_occasion", "read_shared"]

LONGEST_SENTENCE = 2_000
"""Characters; longer ones are read item by item."""
LONGEST_HEAD = 200
NOUN = r"[\w-]+(?:\s+[\w-]+){0,2}?"
ACTOR = (
    r"(?P<actor>someone|somebody|anyone|anybody|one of us|we|i|you|they|"
    r"(?:an?|the|our|one of our|any|some)\s+[\w-]+(?:\s+[\w-]+)??)"
)
ARTICLES = r"(?:(?:an?|the|our|any|one of our|one of the|some|each|every|that|another)\s+)?"
WHEN = (
    r"^(?:every time|each time|any time|whenever|when|once|as soon as|after|on every|at every|for every time)\s+"
    r"(?:that\s+)?"
)
DOING = (
    r"(?:does|do|did|makes?|made|has|have|had|holds?|held|runs?|performs?|carr(?:y|ies) out|gives?|takes?|"
    r"conducts?)"
)
KEPT = regex(
    r"[,:]?\s+(?:then\s+)?(?:we|i|you|they|it)(?:'d|'ll|"
    r"\s+(?:would|will|also|always|usually|must|should|need to|want to|like to|have to))*\s+"
    r"(?:note|record|log|track|keep|store|save|write|register|document|jot|enter|capture)"
    r"(?:\s+(?:down|track of|a record of|a note of))?\s*:?\s+",
    re.IGNORECASE,
)
"""What stands between the occasion and the list: ", we want to write down"."""
DOES = regex(
    rf"{WHEN}{ACTOR}\s+{DOING}\s+{ARTICLES}(?P<things>{NOUN})"
    rf"(?:\s+(?:of|on|at|for|in|to|with|from)\s+{ARTICLES}(?P<owner>{NOUN}))?$",
    re.IGNORECASE,
)
VERB = regex(rf"{WHEN}{ACTOR}\s+(?P<verb>\w+)\s+{ARTICLES}(?P<owner>{NOUN})$", re.IGNORECASE)
NOBODY = regex(r"^(?:someone|somebody|anyone|anybody|one of us|we|i|you|they)$", re.IGNORECASE)
SOMEBODY = regex(r"^(?:someone|somebody|anyone|anybody|one of us)$", re.IGNORECASE)
GENERIC = frozenset({"people", "person", "persons", "folks", "someone", "of them", "them", "ones", "names"})
"""Words for whoever is linked already."""
COUNTED = (
    r"(?:two or more|two or three|two to three|one or two|more than one|a couple of|at least two|"
    r"up to (?:two|three|four)|two|three|four|2|3|4|several|many|multiple|a few)"
)
SHARED = regex(
    r"^(?:and\s+|but\s+|though\s+|also\s+)*"
    r"(?P<some>some(?:times)?|many|most|a few|several|occasionally|often|now and then)"
    rf"\s+(?:of\s+(?:the|our|my)\s+|an?\s+|the\s+|our\s+)?(?P<one>{NOUN})\s+"
    r"(?:(?:can|may|might|also|even|do|does|usually|often|sometimes|actually)\s+)*"
    r"(?:have|has|had|need|needs|get|gets)\s+"
    rf"(?P<count>{COUNTED})\s+(?P<others>{NOUN})"
    r"(?P<rest>\s+(?:on|for|with|in|at|to|of|looking|working|assigned|taking|who|that|each|together)\b.{0,60})?$",
    re.IGNORECASE,
)


SOMETIMES = regex(
    r"^(?:and |but |or )?(?:sometimes|occasionally|rarely|now and then|at times)\s+(?:even\s+)?"
    rf"(?:{COUNTED}|more|both)(?:\s+of them)?$",
    re.IGNORECASE,
)
"""Said right after a link: "each plant comes from one supplier but sometimes two"."""


@dataclass(frozen=True)
class Occasion:
    """What happens (a record), to what, done by whom, and the words that list what is kept."""

    things: str
    owner: str
    actor: str
    """An entity, or nothing where the words name nobody ("someone")."""
    fields: str
    quote: str
    is_by_somebody: bool
    """The words speak of "someone": who it was may be worth keeping."""


@dataclass(frozen=True)
class Shared:
    """A thing that some of the others share, and the others: nothing where a word for people stands for them."""

    one: str
    others: str

    def speaks_of(self, link: Link) -> bool:
        """Tell whether these words are about a link that so far gives one of the others to each."""
        ends = {link.subject, link.object}
        if self.one not in ends or link.subject == link.object or (self.others and self.others not in ends):
            return False
        if link.kind is LinkKind.BELONGS:
            return link.subject == self.one
        return link.kind is LinkKind.EVENT or (link.kind is not LinkKind.MANY and link.object == self.one)


def read_occasion(sentence: str, names: frozenset[str]) -> Occasion | None:
    """Return what a sentence keeps on an occasion that concerns a thing among ``names``, or None."""
    if len(sentence) > LONGEST_SENTENCE:
        return None
    kept = KEPT.search(sentence)
    if kept is None or kept.start() > LONGEST_HEAD:
        return None
    head, fields = sentence[: kept.start()], sentence[kept.end() :]
    does = DOES.match(head)
    verb = VERB.match(head) if does is None or not entity_name(does["things"]) else None
    match = verb or does
    if match is None:
        return None
    noun = EVENT_NOUNS.get(base_verb(verb["verb"].lower()), "") if verb else str(match["things"])
    things, owner = entity_name(noun), entity_name(match["owner"] or "")
    actor = "" if NOBODY.match(match["actor"]) else entity_name(match["actor"])
    is_plain = things and not set(words_of(noun)) & SENTENCE_WORDS and (owner in names or not match["owner"])
    if not is_plain or not fields.strip() or things == owner:
        return None
    return Occasion(things, owner, actor, fields.strip(), head, SOMEBODY.match(match["actor"]) is not None)


def read_shared(sentence: str, names: frozenset[str]) -> Shared | None:
    """Return which thing several others share: "some hives have two people on them", or None."""
    match = SHARED.match(sentence.strip(" ,.")) if len(sentence) <= LONGEST_HEAD else None
    if match is None or (one := entity_name(match["one"])) not in names:
        return None
    others = entity_name(match["others"])
    if match["others"].lower() in GENERIC:
        return Shared(one, "")
    return Shared(one, others) if others in names and others != one else None


def is_sometimes_more(piece: str) -> bool:
    """Tell whether a piece behind a link says that it may go to several ("sometimes two")."""
    return SOMETIMES.match(piece.strip(" ,.")) is not None
