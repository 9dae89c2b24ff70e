"""Files that go on under another path, since their entity is called otherwise: what people wrote in them goes along."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.entities.renaming import followed_names
from bot.documents.naming import snake_case

__all__ = ["moved_files"]

WORD = r"(?<![A-Za-z0-9])(?:{})(?![A-Za-z0-9])"


def moved_files(old: EntitySpecs, new: EntitySpecs, gone: Collection[str], came: Collection[str]) -> dict[str, str]:
    """Map the paths of files that go to those of the files that come for them, each to one of its own."""
    found: dict[str, str] = {}
    for former, name in followed_names(old, new).items():
        words = {snake_case(former): snake_case(name), **tables_of(old, former, new, name)}
        for path in gone:
            moved = with_words(path, words)
            if moved in came and moved not in found.values():
                found[path] = moved
    return found


def with_words(path: str, words: Mapping[str, str]) -> str:
    """Return a path with other words in it."""
    longest_first = sorted(words, key=len, reverse=True)
    pattern = WORD.format("|".join(map(re.escape, longest_first)))
    return re.sub(pattern, lambda match: words[match[0]], path)


def tables_of(old: EntitySpecs, former: str, new: EntitySpecs, name: str) -> dict[str, str]:
    """Map the table of an entity before to the one after."""
    before, after = old.entity(former), new.entity(name)
    return {before.table: after.table} if before and after else {}
