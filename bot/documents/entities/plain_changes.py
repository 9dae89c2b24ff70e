"""What differs between two entity specs, said again without the words of the grammar, for who only reads a review."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.entities.entity_specs import FieldType
from bot.documents.entities.plain_types import spoken_type
from bot.patterns import regex

__all__ = ["said_plainly", "told_changes"]

TYPE = r"(?:Optional\[)?(?:list\[)?\w{1,60}\]{0,2}"
GAINED = regex(
    rf"gains `(?P<name>\w{{1,80}})`: (?P<type>{TYPE})(?: \((?P<marks>[^()\n;]{{1,300}})\))?(?=;|$)", re.MULTILINE
)
NOW = regex(r"(?P<lead>` of \w{1,80} is now )(?P<new>(?:a list of )?\w{1,60}) \(was (?P<old>(?:a list of )?\w{1,60})\)")
LINKED = regex(
    r"(?P<entity>\b\w{1,80}) (?P<verb>gains|changes) the relation `(?P<name>\w{1,80})` to (?P<target>\w{1,80}) "
    r"\((?P<ways>OneToMany|ManyToOne|OneToOne|ManyToMany)\)"
)
WAYS = {
    "OneToMany": "Each {entity} can now have many {target} (`{name}`)",
    "ManyToOne": "Each {entity} now names one {target} (`{name}`)",
    "OneToOne": "Each {entity} now has one {target} (`{name}`)",
    "ManyToMany": "{entity} and {target} can now have many of each other (`{name}`)",
}
MARKS = (
    (regex(r"^min (?:length )?(.+)$"), r"at least \1"),
    (regex(r"^max (?:length )?(.+)$"), r"at most \1"),
    (regex(r"^default (.+)$"), r"\1 at first"),
    (regex(r"^unique$"), "no two the same"),
    (regex(r"^foreign key to (.+)$"), r"names one \1"),
    (regex(r"^on delete (?:cascade|CASCADE)$"), "deleted with it"),
    (regex(r"^(?:enum|index|on delete .*|digits 12 places 2)$"), ""),
)
"""What the grammar says of a field, and the same in words; what isn't here stands as it is."""
OF_FEATURES = regex(r"^[^;]{1,200} is (?:now for the feature [\w-]{1,40}|no longer for [\w-]{1,40} alone)$")


def told_changes(changes: Sequence[str]) -> list[str]:
    """Return what changed as people read it, without what only says which feature a field is for."""
    return [said_plainly(one) for one in changes if not OF_FEATURES.search(one)] or [*map(said_plainly, changes)]


def said_plainly(text: str) -> str:
    """Return sentences of `bot.documents.entities.difference` with plain words for types, marks and links."""
    text = GAINED.sub(told_field, text)
    text = NOW.sub(lambda found: f"{found['lead']}{spoken(found['new'])} (was {spoken(found['old'])})", text)
    return LINKED.sub(lambda found: WAYS[found["ways"]].format(**found.groupdict()), text)


def told_field(found: re.Match[str]) -> str:
    """Return what a new field is, such as ``gains `pages` (number, optional)``."""
    said = [told_mark(mark.strip()) for mark in (found["marks"] or "").split(", ")]
    is_link = any(mark.startswith("names one ") for mark in said)
    kind = [] if is_link else [spoken(found["type"])]
    optional = ["optional"] if found["type"].startswith("Optional[") else []
    return f"gains `{found['name']}` ({', '.join([*kind, *filter(None, said), *optional])})"


def told_mark(mark: str) -> str:
    """Return one mark of a field in words."""
    return next((form.sub(words, mark) for form, words in MARKS if form.match(mark)), mark)


def spoken(written: str) -> str:
    """Return a type as it is written, in the words of people."""
    is_list = "list[" in written or written.startswith("a list of ")
    bare = written.removeprefix("a list of ").removeprefix("Optional[").removeprefix("list[").rstrip("]")
    return spoken_type(FieldType(name=bare, is_list=is_list))
