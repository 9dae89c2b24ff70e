"""What there is to say about a document whose bytes are no text: another encoding, or control characters."""

from __future__ import annotations

from bot.documents.findings import Finding
from bot.documents.text.reading import FindingList
from bot.documents.text.source_text import LARGEST_DOCUMENT
from bot.patterns import regex

__all__ = ["encoding_findings"]

NO_TEXT = regex("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but white space, and bytes that are no UTF-8, which are carried as lone surrogates."""

FIRST_SURROGATE = "\ud800"
UTF_16_MARKS = ("\udcff\udcfe", "\udcfe\udcff")
"""The byte order marks of UTF-16, as they are carried."""


def encoding_findings(text: str, file: str) -> tuple[Finding, ...]:
    """Return a finding at the first character that is no text, if there is one; it says how many there are."""
    findings = FindingList(file)
    if text.startswith(UTF_16_MARKS):
        findings.add("PT011", "This file is in UTF-16, which nothing here reads.", "Save it as UTF-8.", 1, 1)
        return tuple(findings.findings)
    match = NO_TEXT.search(text[:LARGEST_DOCUMENT])
    if match:
        line = text.count("\n", 0, match.start()) + 1
        is_byte = match.group() >= FIRST_SURROGATE
        kind = "a byte that is no UTF-8" if is_byte else "a control character"
        step = "Save the file as UTF-8." if is_byte else "Take it out."
        column = match.start() - text.rfind("\n", 0, match.start())
        findings.add("PT011", f"Here stands {kind}, the first of {count_up(text)}.", step, line, column)
    return tuple(findings.findings)


def count_up(text: str) -> str:
    """Return how many characters of a document are no text."""
    count = sum(1 for _ in NO_TEXT.finditer(text[:LARGEST_DOCUMENT]))
    return f"{count:,}" if count > 1 else "one"
