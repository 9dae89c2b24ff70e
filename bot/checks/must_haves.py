"""Must-haves against the tasks of a plan: what no task makes, and truths that no task speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.checks.layers import ENDS_AS_FILE, normal_path
from bot.documents.naming import regular_singular
from bot.patterns import regex

__all__ = ["made_by_nobody", "names_of_files", "spoken_of_by_nobody"]

WORD = regex(r"[^\W\d_]{4,40}")
SAME_BEGINNING = 5
"""Letters; words that begin alike are taken for one (registered, registration)."""

SAYS_LITTLE = frozenset(
    {"with", "when", "that", "this", "from", "into", "have", "been", "must", "shall", "will", "they", "their", "them",
     "every", "each", "only", "than", "then", "there", "user", "work", "correctly", "successfully", "using", "able"}
)  # fmt: skip
WITHOUT_SPACES = regex(r"[\u2e80-\u9fff\uac00-\ud7af]")
"""Writing whose words are not told apart by spaces; such truths are not judged."""


def names_of_files(paths: Iterable[str]) -> frozenset[str]:
    """Return the names by which files are compared, whatever the case of their letters and their slashes."""
    return frozenset(normal_path(path).casefold() for path in paths)


def made_by_nobody(paths: Iterable[str], made: Collection[str]) -> tuple[str, ...]:
    """Return the paths that are not among those made, given as `names_of_files`.

    What is no path of a file (prose, a route, a folder) is not judged.
    """
    wanted = dict.fromkeys(normal_path(path) for path in paths)
    return tuple(
        path for path in wanted if ENDS_AS_FILE.search(path) and " " not in path and path.casefold() not in made
    )


def spoken_of_by_nobody(truths: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Return the truths that share no telling word with any of the texts."""
    known = {key for text in texts for key in keys(text)}
    return tuple(
        truth for truth in truths if not WITHOUT_SPACES.search(truth) and (wanted := keys(truth)) and not wanted & known
    )


def keys(text: str) -> set[str]:
    """Return the beginnings of the telling words of a text."""
    words = (word.lower() for word in WORD.findall(text))
    return {
        regular_singular(word)[:SAME_BEGINNING]
        for word in words
        if word not in SAYS_LITTLE and regular_singular(word) not in SAYS_LITTLE
    }
