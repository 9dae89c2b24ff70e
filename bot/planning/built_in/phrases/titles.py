"""Finds what the whole service is called in its first sentence: "a library: …", "an app to track …", "a gym with …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import LinkKind
from bot.planning.built_in.phrases.link_phrases import read_link
from bot.planning.built_in.phrases.sentence_heads import RECORDS_OF, lists_fields, read_head
from bot.planning.built_in.words.commands import without_commands
from bot.planning.built_in.words.sentence_marks import only_points, planned_for
from bot.planning.built_in.words.sentences import ANCHOR, KEEPING, items_of, sentences_of, without_filler
from bot.planning.built_in.words.title_words import head_of, is_hollow, purpose_of, several_of, without_owner
from bot.planning.built_in.words.vocabulary import (
    DETERMINERS,
    PLACES,
    SYSTEM_NOUNS,
    entity_name,
    has_plural,
    spoken,
    words_of,
)

__all__ = ["Title", "heading", "read_title", "title_of_words", "titled"]

LONGEST_TITLE_IN_WORDS = 5
LONGEST_HEADING_IN_WORDS = 4
FOR_US = regex(r"^an?\s+[\w-]+(?:\s+[\w-]+){0,3}\s+(?:for|of|at|in)\s+(?:our|my)\s+[\w' -]+$", re.IGNORECASE)
"""Something wanted for somebody: "a volunteer rota for our soup kitchen"."""
DOING = regex(
    r"^(?:digiti[sz]e|organi[sz]e|moderni[sz]e|automate|simplify|improve|replace|run|track|manage|catalogue|plan|"
    r"schedule|document|sort out|clean up)\s+(?=(?:our|my|the|all)\s)",
    re.IGNORECASE,
)
"""What shall be done, before what it is done for: "digitise our sheet music"."""
GROUPED = regex(r"^[\w -]+\([^()]+\)$")
"""A thing with its fields in brackets."""
SEVERAL = regex(
    r"^an?\s+[\w-]+(?:\s+[\w-]+)?\s+(?:has|contains|includes|holds)\s+(?:several|many|multiple|various)\b",
    re.IGNORECASE,
)
"""One of several, each of which has many: "an orchard has several trees" names a thing, and no whole."""
HEADED = regex(r"^[^\W\d][\w '-]{0,40}(?::(?!//)|\s[-–—])\s")
"""A sentence that begins with the name of a thing and its list: "carriers: name, code"."""
NOTHING: frozenset[str] = frozenset()
WE_KEEP = regex(
    rf"^we\s+(?:(?:want|need|would\s+like|'d\s+like)\s+to\s+|just\s+|only\s+|mostly\s+)?(?:have|{KEEPING})\s+(?P<things>.+)$",
    re.IGNORECASE,
)
"""What the people behind a name before a colon keep: "wine cellar: we keep vineyards, tanks and batches"."""
ARTICLE = regex(r"^(?:an?|our|my|the|new|simple|small|little)\s+", re.IGNORECASE)
PURPOSE = regex(r"\s+(?:for|of|at|in|by)\s+.*$", re.IGNORECASE)


@dataclass(frozen=True)
class Title:
    """The name of the whole, and the sentence that is left. ``lists_things``: bare items that follow are things."""

    text: str
    rest: str
    lists_things: bool = False
    may_be_entity: bool = False


def read_title(sentence: str) -> Title | None:
    """Return the title that a first sentence gives, or None where it starts with things at once."""
    return with_colon(sentence) or with_clause(sentence) or with_things(sentence) or alone(sentence)


def heading(sentence: str, following: list[str]) -> Title | None:
    """Return the title that a short noun before lists with heads gives: "freight dispatch; carriers: name, code"."""
    is_short = 1 <= len(words_of(sentence)) <= LONGEST_HEADING_IN_WORDS and not ANCHOR.search(sentence)
    if not is_short or not entity_name(sentence) or has_plural(sentence.lower()):
        return None
    return titled(sentence, "") if any(HEADED.match(one) for one in following[:1]) else None


LEADS = (
    r"(?:(?:that|which)(?: can| should| will)?|to|for|(?:needs?|wants?|would like)"
    r"(?: a way| something| a (?:simple )?(?:tool|system|app|service|program|database))? to)"
)
KEEPS = r"(?:keeps(?: track of)?|manages|tracks|stores|records|holds|handles|organi[sz]es|administers)"
SYSTEMS = "|".join(sorted(SYSTEM_NOUNS))
WHOLE_OF = regex(
    rf"^.*?\b(?:{SYSTEMS})\s+(?:for|to|that|which)\s+(?:{KEEPING}\s+)?(?P<whole>(?:an?|our|my|the)\s+.+)$",
    re.IGNORECASE,
)
"""A system named after what it serves: "an API for managing a music festival"."""

HOLLOW = regex(
    rf"^(?:(?:an?|some|the|our|my)\s+)?(?:(?:simple|small|little|proper|shared|better|new|online)\s+)*"
    rf"(?:something|anything|thing|log|logbook|list|overview|records?|spreadsheet|sheet|replacement|place|way|{SYSTEMS})"
    rf"(?:\s+(?:simple|small|better))?\s+(?:for|of|about|to|where we|that|which)\s+"
    rf"(?:(?:can|will|would|help us|helps us)\s+)*(?:(?:{KEEPING}|run|running)\s+)?(?P<whole>(?:an?|our|my|the)\s+.+)$",
    re.IGNORECASE,
)
"""A head that only says that something is wanted: "something for our garden", "a log for our samples"."""


def title_of_words(text: str) -> str:
    """Return a short title from the first words of a request, or nothing where they hold none."""
    sentences = sentences_of(without_commands(text))
    pieces = [piece for sentence in sentences for piece in re.split(r"[:;,.!?\n]|\s[-–—]\s", sentence)]
    for piece in pieces:
        head = planned_for(piece.strip()) or without_filler(piece.strip())
        if not head:
            continue
        anchor = ANCHOR.search(head)
        before, after = (head[: anchor.start()], head[anchor.end() :]) if anchor else (head, "")
        purpose = head_of(purpose_of(before))
        title = titled(told_of(purpose) or purpose, head_of(purpose_of(after)))
        return title.text if title else ""
    return ""


def told_of(clause: str) -> str:
    """Return what a clause is about: the rooms that "people book", the pupils that "belong to a class"; or nothing."""
    deed = read_link(clause, names=NOTHING, subject="", topic="")
    if deed is None:
        return ""
    return several_of(spoken(snake_case(deed.subject if deed.kind is LinkKind.BELONGS else deed.object)))


def titled(head: str, rest: str, *, lists_things: bool = False, may_be_entity: bool = False) -> Title | None:
    """Return a title with its words in order, or None where the head is too long to be one."""
    inside = HOLLOW.match(head.strip()) or WHOLE_OF.match(head.strip())
    meant = purpose_of(inside["whole"] if inside else head)
    if is_hollow([word for word in words_of(meant) if word not in DETERMINERS]):
        meant = purpose_of(ANCHOR.split(rest)[0]) or meant
    short = without_owner(DOING.sub("", PURPOSE.sub("", meant)))
    while (shorter := ARTICLE.sub("", short)) != short:
        short = shorter
    short = re.sub(r"(?:\s+thing)?[?!\s]*$", "", short)
    words = words_of(short)
    if not 1 <= len(words) <= LONGEST_TITLE_IN_WORDS:
        return None
    text = " ".join(short.split())
    text = text if not text.isupper() or len(text) <= 4 else text.lower()
    return Title(text[0].upper() + text[1:], rest.strip(), lists_things, may_be_entity)


def is_whole(head: str) -> bool:
    """Tell whether a head noun names a place or a system ("library", "ticket desk", "todo app")."""
    words = words_of(PURPOSE.sub("", head))
    return bool(words) and words[-1] in PLACES | SYSTEM_NOUNS


def is_system(head: str) -> bool:
    """Tell whether a head speaks of a system, or of a place: "a backend for my plant watering app"."""
    words = words_of(head)
    return bool(words) and bool(words[-1] in SYSTEM_NOUNS | PLACES or SYSTEM_NOUNS & set(words))


def has_article(head: str) -> bool:
    """Tell whether the head starts with an article or "our"."""
    return ARTICLE.match(head.strip()) is not None


def all_plural(text: str) -> bool:
    """Tell whether every item is a bare plural: things, not fields."""
    items = [words_of(re.sub(r"\s*\(.*\)$", "", item)) for item in items_of(text)]
    return bool(items) and all(item and has_plural(item[-1]) and item[0] not in {"a", "an"} for item in items)


def with_colon(sentence: str) -> Title | None:
    """Read "a library for our office: books with …"."""
    match = re.match(r"^(?P<head>[^:,]{1,80}?)\s*(?::|\s[-–—](?=\s))\s*(?P<rest>.*)$", sentence)
    if not match:
        return None
    head, rest = match["head"], match["rest"]
    if only_points(rest):
        return titled(head, "")
    kept = WE_KEEP.match(rest)
    if kept and not has_plural(head.lower()) and not ANCHOR.search(head) and begins_with_things(kept["things"]):
        return titled(head, kept["things"], lists_things=True)
    if is_whole(head) or (is_told_of(items_of(rest)) and not has_plural(head.lower())):
        return titled(head, rest, lists_things=True)
    if is_told_again(head, rest):
        return titled(head, rest)
    heading = read_head(sentence)
    if heading and heading.things and not heading.owner and lists_fields(heading.body):
        return titled(RECORDS_OF.sub("", heading.text), sentence)
    says_more = ANCHOR.search(rest) or (
        items_of(rest) and read_link(items_of(rest)[0], names=NOTHING, subject="", topic="")
    )
    if (
        says_more
        and (has_article(head) or HOLLOW.match(head) or not has_plural(head.lower()))
        and not ANCHOR.search(head)
    ):
        return titled(head, rest, lists_things=True)
    if len(items_of(rest)) > 1 and all(GROUPED.match(item) for item in items_of(rest)) and all_plural(rest):
        return titled(head, rest, lists_things=True, may_be_entity=has_plural(head.lower()))
    if (has_article(head) or len(items_of(rest)) > 1) and not has_plural(head.lower()) and all_plural(rest):
        return titled(head, rest, lists_things=True, may_be_entity=True)
    return None


def is_told_of(items: list[str]) -> bool:
    """Tell whether things with their facts come first, and then what people do: "animals (age), people …"."""
    is_thing = bool(items) and GROUPED.match(items[0]) is not None and all_plural(items[0])
    return is_thing and any(read_link(item, names=NOTHING, subject="", topic="") for item in items[1:])


def begins_with_things(text: str) -> bool:
    """Tell whether a list begins with two bare plurals: things, whatever is said behind them."""
    items = items_of(text)[:2]
    return len(items) > 1 and all(all_plural(ANCHOR.split(item)[0]) for item in items)


def is_told_again(head: str, rest: str) -> bool:
    """Tell whether what follows a plural head is told of its last word: "meeting rooms: rooms have a name"."""
    words = words_of(head)
    return len(words) > 1 and has_plural(words[-1]) and words_of(rest)[:1] == words[-1:] and not ANCHOR.search(head)


def with_clause(sentence: str) -> Title | None:
    """Read "a marketplace where sellers list products" and "an app to track books"."""
    where = re.match(
        r"^(?P<head>[^,:;]{1,80}?)\s*,?\s+"
        r"(?:where|in which|on which|so that|that lets|which lets|that allows|which allows)\s+(?P<rest>.+)$",
        sentence, re.IGNORECASE,
    )  # fmt: skip
    if where and not ANCHOR.search(where["head"]):
        return titled(where["head"], where["rest"])
    does = re.match(rf"^(?P<head>[^,:;]{{1,80}}?)\s+{KEEPS}\s+(?P<rest>.+)$", sentence, re.IGNORECASE)
    if does and is_whole(does["head"]) and has_article(does["head"]) and all_plural(does["rest"]):
        return titled(does["head"], does["rest"], lists_things=True)
    keep = re.match(
        rf"^(?P<head>[^,:;]{{1,80}}?)\s+{LEADS}\s+(?:help\s+\w+\s+)?{KEEPING}\s+(?P<rest>.+)$",
        sentence, re.IGNORECASE,
    )  # fmt: skip
    if keep and (is_whole(keep["head"]) or has_article(keep["head"])):
        return inner(titled(keep["head"], keep["rest"], lists_things=True))
    comma = re.match(r"^(?P<head>[^,:;]{1,60}?)\s*,\s*(?P<rest>.+)$", sentence)
    if comma and has_article(comma["head"]) and is_system(comma["head"]) and not ANCHOR.search(comma["head"]):
        return titled(comma["head"], comma["rest"], lists_things=True)
    for_things = re.match(r"^(?P<head>[^,:;]{1,60}?)\s+for\s+(?P<rest>[^:;]+)$", sentence, re.IGNORECASE)
    if not for_things or words_of(for_things["head"])[-1:] == [] or ANCHOR.search(for_things["head"]):
        return None
    if words_of(for_things["head"])[-1] in SYSTEM_NOUNS and (
        all_plural(for_things["rest"]) or ANCHOR.search(for_things["rest"])
    ):
        return inner(titled(for_things["head"], for_things["rest"], lists_things=True))
    return None


def inner(title: Title | None) -> Title | None:
    """Prefer the name inside: "a system for a gym with members" is called Gym, not System."""
    if title and has_article(title.rest) and (nested := with_things(title.rest)):
        return nested
    return title


def with_things(sentence: str) -> Title | None:
    """Read "a gym with members and trainers"; a head with fields ("a book with a title") is no title."""
    match = ANCHOR.search(sentence)
    if not match:
        return None
    head, rest = sentence[: match.start()].strip(), sentence[match.end() :].strip(" :")
    first = items_of(rest)[0] if items_of(rest) else ""
    words = words_of(ANCHOR.split(first)[0]) if first else []
    if not words or not has_plural(words[-1]) or words[0] in DETERMINERS - {"some", "all"} or SEVERAL.match(sentence):
        return None
    if is_whole(head):
        return titled(head, rest, lists_things=True)
    if re.match(r"^(?:an?|our|my)\s", head, re.IGNORECASE) and not has_plural(head.lower()) and all_plural(rest):
        return titled(head, rest, lists_things=True, may_be_entity=True)
    is_bare = len(words_of(head)) > 1 and words_of(head)[0] not in DETERMINERS and not has_plural(head.lower())
    if is_bare and match[0].strip().lower() == "with" and all_plural(rest):
        return titled(head, rest, lists_things=True, may_be_entity=True)
    return None


def alone(sentence: str) -> Title | None:
    """Read "a library for our office" and nothing more; "Parcel lockers." before other sentences may be a title."""
    sentence = re.sub(r"(?<=\w) here$", "", sentence)
    if ANCHOR.search(sentence) or len(items_of(sentence)) > 1:
        return None
    link = read_link(sentence, names=NOTHING, subject="", topic="")
    if link is not None and link.kind is LinkKind.BELONGS:
        return None
    if is_whole(sentence) or FOR_US.match(sentence):
        return titled(sentence, "")
    if len(words_of(sentence)) in {2, 3} and has_plural(sentence.lower()) and entity_name(sentence):
        return titled(sentence, "", may_be_entity=True)
    return None
