"""Names derived from names: snake_case, PascalCase, plurals, tables and paths.

The rules come from the planning formats (``docs/formats.md``): a table is the snake_case plural of its entity, a path
is ``/api/v1/`` and the kebab-case plural.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from bot.documents.common_nouns import REGULAR_NOUNS, SINGULAR_OF, regular_plural
from bot.patterns import regex

if TYPE_CHECKING:
    import inflect

__all__ = [
    "article",
    "ascii_letters",
    "capital",
    "joined",
    "kebab_plural_path",
    "ordinal",
    "pascal_case",
    "plural",
    "regular_singular",
    "snake_case",
    "table_name",
    "words",
]

SNAKE = regex(r"[a-z_][a-z0-9_]*")
PASCAL = regex(r"[A-Z][A-Za-z0-9]*")
WORD_BOUNDARY = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
NOT_OF_A_NAME = regex(r"[^A-Za-z0-9]+")
LONGEST_WORD = 60
"""Longer words get a plain ``s``: the plural library's patterns are meant for words."""

LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)
ALREADY_PLURAL = frozenset({"media", "metadata", "analytics"})
SINGULAR_IN_S = ("is", "us", "ss", "lens", "alias", "atlas", "bias", "canvas", "gas")
"""Ends of singular words that look plural: analysis, status, address."""


def ascii_letters(text: str) -> str:
    """Return the text with accents taken off (``café`` → ``cafe``) and everything else outside ASCII dropped."""
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS_WITHOUT_DECOMPOSITION))
    return decomposed.encode("ascii", "ignore").decode("ascii")


def words(text: str) -> list[str]:
    """Return the words of a name in any spelling: ``headDoctorId``, ``Head doctor id`` and ``HEAD_DOCTOR_ID``."""
    separated = WORD_BOUNDARY.sub(" ", ascii_letters(text))
    return [word for word in NOT_OF_A_NAME.split(separated) if word]


def article(label: str) -> str:
    """Put the indefinite article before a label: ``a book``, ``an office``."""
    return f"an {label}" if label[:1] in "aeio" else f"a {label}"


def ordinal(number: int) -> str:
    """Return a place in a line, such as ``1st``, ``12th`` or ``23rd``."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def capital(text: str) -> str:
    """Return the text with a capital letter first, all else as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def joined(parts: Sequence[str], last: str = "and") -> str:
    """Return parts as people list them: ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def snake_case(text: str) -> str:
    """Return the name in snake_case; a name that already is comes back unchanged, one without letters is empty."""
    if SNAKE.fullmatch(text):
        return text
    return "_".join(word.lower() for word in words(text))


def pascal_case(text: str) -> str:
    """Return the name in PascalCase; a name that already is comes back unchanged, one without letters is empty."""
    if PASCAL.fullmatch(text):
        return text
    return "".join(word[0].upper() + word[1:].lower() for word in words(text))


def plural(word: str) -> str:
    """Return the plural of a singular English word or snake_case name; a word that is plural stays as it is."""
    head, underscore, last = word.rpartition("_")
    return head + underscore + plural_of_word(last) if last else word


@cache
def engine() -> inflect.engine:
    """Return the plural library's engine, imported at first use.

    It lets typeguard rewrite each of its methods while it is imported, which takes longer than building a whole service
    (https://github.com/jaraco/inflect/issues/212); here its methods stay as they are written.
    """
    unchanged = ModuleType("typeguard")
    vars(unchanged)["typechecked"] = lambda function: function
    known = sys.modules.get("typeguard")
    sys.modules["typeguard"] = unchanged
    try:
        import inflect
    finally:
        if known is None:
            del sys.modules["typeguard"]
        else:
            sys.modules["typeguard"] = known
    return inflect.engine()


@lru_cache(maxsize=4096)
def plural_of_word(word: str) -> str:
    """Return the plural of one word, in its own case."""
    if word in REGULAR_NOUNS:
        return regular_plural(word)
    if not (word.isascii() and word.isalpha()) or len(word) > LONGEST_WORD:
        return word if word.endswith("s") else word + "s"
    if is_plural(word.lower()):
        return word
    return str(engine().plural_noun(word))


@lru_cache(maxsize=4096)
def regular_singular(name: str) -> str:
    """Return the singular of a regular plural: ``categories`` gives ``category``; any other name stays as it is.

    Nothing is looked up, so an irregular plural such as ``people`` is none here, and the answer need not be a word.
    """
    if name.endswith("ies") and len(name) > len("ties"):
        return f"{name[:-3]}y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith(SINGULAR_IN_S) else name


def is_plural(word: str) -> bool:
    """Tell whether a lower-case word is a plural already (books, people), not a singular in s (status)."""
    if word in REGULAR_NOUNS:
        return False
    if word in ALREADY_PLURAL or word in SINGULAR_OF:
        return True
    if word.endswith(SINGULAR_IN_S):
        return False
    singular = engine().singular_noun(word)
    return bool(singular)


def table_name(entity_name: str) -> str:
    """Return the table of an entity: ``OrderItem`` → ``order_items``."""
    return plural(snake_case(entity_name))


def kebab_plural_path(entity_name: str) -> str:
    """Return the path of an entity in the API: ``OrderItem`` → ``/api/v1/order-items``."""
    return "/api/v1/" + table_name(entity_name).replace("_", "-")
