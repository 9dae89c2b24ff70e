"""Words that a test can't decide, each with what to write instead.

Chosen from the lists that requirements engineering warns of: vague amounts and times, untestable qualities, judgements
without a rule, open lists, escape clauses and what is put off. A name is no such word: code, quotations, terms of the
glossary and values in capitals are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.documents.requirements.requirements import Requirements
from bot.patterns import regex

__all__ = ["AMBIGUOUS_WORDS", "QUOTED", "ambiguous_words", "names_in_glossary", "outside_quotes"]

AMBIGUOUS_WORDS: dict[str, tuple[str, ...]] = {
    "Say how many, or between which bounds.": (
        "some", "several", "various", "many", "few", "a lot of", "lots of", "numerous", "a number of", "a couple of",
        "enough", "large", "small", "big", "huge", "tiny", "nearly", "almost", "roughly", "approximately", "circa",
        "mostly", "significant", "significantly", "substantial", "substantially", "minimal",
    ),
    "Say within what time, or how often.": (
        "fast", "faster", "quick", "quickly", "slow", "slowly", "soon", "as soon as possible", "asap", "immediately",
        "instantly", "promptly", "timely", "in a timely manner", "real-time", "real time", "often", "sometimes",
        "occasionally", "rarely", "frequently", "regularly", "periodically", "eventually", "recent", "recently",
        "high performance", "high-performance", "performant", "responsive",
    ),
    "Say what people can observe: which steps, which limit, which answer.": (
        "user-friendly", "user friendly", "easy", "easily", "easy to use", "simple", "simply", "intuitive",
        "intuitively", "seamless", "seamlessly", "smooth", "smoothly", "graceful", "gracefully", "nice", "nicely",
        "good", "better", "elegant", "modern", "state-of-the-art", "state of the art", "best practice",
        "best practices", "best-effort", "best effort", "robust", "robustly", "reliable", "reliably", "flexible",
        "flexibly", "scalable", "extensible", "maintainable", "secure", "securely", "safely", "efficient",
        "efficiently", "effective", "effectively", "optimal", "optimally", "optimized", "optimised", "lightweight",
        "helpful", "meaningful", "clearly",
    ),
    "Say which one, or the rule that decides.": (
        "appropriate", "appropriately", "suitable", "suitably", "adequate", "adequately", "sufficient", "sufficiently",
        "acceptable", "reasonable", "reasonably", "relevant", "proper", "properly", "correctly", "usual", "usually",
        "normally", "typical", "typically", "generally", "and/or", "either or both",
    ),
    "List every case.": (
        "etc", "et cetera", "and so on", "and so forth", "and the like", "and others", "and more", "or similar",
        "e.g", "for example", "for instance", "including but not limited to",
    ),
    "Say under which condition, or oblige without it.": (
        "if possible", "where possible", "when possible", "as far as possible", "as much as possible",
        "to the extent possible", "if feasible", "where feasible", "if necessary", "where necessary", "when necessary",
        "as necessary", "if needed", "when needed", "where needed", "as needed", "as appropriate", "if appropriate",
        "where appropriate", "if applicable", "where applicable", "as applicable", "if practical", "ideally",
        "preferably",
    ),
    "Decide it now, or take the criterion out until it is decided.": (
        "tbd", "tbc", "tba", "todo", "to be defined", "to be decided", "to be determined", "to be confirmed",
    ),
}  # fmt: skip
"""What to write instead → the words."""

ADVICE = {word: advice for advice, words in AMBIGUOUS_WORDS.items() for word in words}
PUT_OFF = frozenset({"tbd", "tbc", "tba", "todo"})
"""Words that people write in capitals; any other word in capitals is a value of an enum."""

FOUND = regex(
    r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in sorted(ADVICE, key=len, reverse=True)) + r")(?![\w-])",
    re.IGNORECASE,
)
QUOTED = regex(r"`[^`]{0,500}`|“[^”]{0,500}”|\"[^\"]{0,500}\"|«[^»]{0,500}»")
WORD = regex(r"[\w-]+")

MEASURED = frozenset({"how", "as", "too"})
"""Before one of these words an amount is asked for or compared: how many, as few as, 429 Too Many Requests."""

LONGEST_NAME = 4
"""Words of a name in the glossary."""


def outside_quotes(text: str) -> str:
    """Return the text without code spans and quotations, each leaving a gap that joins no words."""
    return QUOTED.sub(" … ", text)


def ambiguous_words(text: str, names: Collection[str] = ()) -> dict[str, str]:
    """Return the ambiguous words of a text, in order, each with what to write instead; ``names`` are left alone."""
    plain = outside_quotes(text)
    words = list(WORD.finditer(plain))
    position = {word.start(): index for index, word in enumerate(words)}
    said = [word.group().casefold() for word in words]
    has_small_letters = not plain.isupper()
    found: dict[str, str] = {}
    for match in FOUND.finditer(plain):
        word = match.group().casefold()
        index = position[match.start()]
        is_value = has_small_letters and match.group().isupper() and word not in PUT_OFF
        is_measured = index > 0 and said[index - 1] in MEASURED
        if not (is_value or is_measured or is_named(said, index, names)):
            found.setdefault(word, ADVICE[word])
    return found


def is_named(words: list[str], index: int, names: Collection[str]) -> bool:
    """Tell whether the word at an index is part of one of the names, in the singular or with an s."""
    for size in range(1, LONGEST_NAME + 1):
        for start in range(max(0, index - size + 1), min(index, len(words) - size) + 1):
            name = " ".join(words[start : start + size])
            if name in names or name.removesuffix("s") in names:
                return True
    return False


def names_in_glossary(requirements: Requirements) -> frozenset[str]:
    """Return what the glossary names, in small letters: its words, and the fields that a meaning lists with commas."""
    names = {term.word.casefold() for term in requirements.glossary}
    for term in requirements.glossary:
        pieces = term.meaning.casefold().rpartition(" with ")[2].rstrip(".").split(",")
        names |= {" ".join(piece.split()) for piece in pieces if len(piece.split()) <= LONGEST_NAME}
    return frozenset(names - {""})
