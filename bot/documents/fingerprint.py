"""Fingerprints: what an approval is bound to."""

from __future__ import annotations

import hashlib

__all__ = ["fingerprint"]


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a document's canonical text (status left out by its writer), as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
