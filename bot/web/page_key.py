"""The key that signs addresses of plan pages: who has such a link may read that plan's pages, and no others."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

__all__ = ["PageKey"]

BYTES = 32
SIGNATURE = 32
"""Letters of a signature: 128 bits."""


class PageKey:
    """A secret of this bot. Deleting its file makes all links that were given out worthless."""

    def __init__(self, secret: bytes) -> None:
        """Sign with a secret."""
        self._secret = secret

    @classmethod
    def at(cls, file: Path) -> PageKey:
        """Return the key that a file keeps; the first time it is made, as a whole, readable for its owner only.

        Only the bot that holds the data folder may ask. What is shorter than a key is no key: it is made anew.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.stat().st_size != BYTES:
            make(file)
        return cls(file.read_bytes())

    def signature(self, plan_id: str) -> str:
        """Return the signature of a plan's pages."""
        return hmac.new(self._secret, f"plan pages/{plan_id}".encode(), hashlib.sha256).hexdigest()[:SIGNATURE]

    def path(self, plan_id: str) -> str:
        """Return the path of a plan's pages."""
        return f"/plans/{plan_id}/{self.signature(plan_id)}"

    def fits(self, plan_id: str, signature: str) -> bool:
        """Tell whether a signature is that of a plan, in a time that says nothing about it."""
        return hmac.compare_digest(self.signature(plan_id).encode(), signature.encode("utf-8", "replace"))


def make(file: Path) -> None:
    """Write a new key beside its place, then move it there: a kill leaves a whole key or none."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        made.write(secrets.token_bytes(BYTES))
        made.flush()
        os.fsync(made.fileno())
    new.replace(file)
