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
        """Return the key that a file keeps; the first time it is made, readable for its owner only."""
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls(file.read_bytes())
        with os.fdopen(descriptor, "wb") as made:
            made.write(secrets.token_bytes(BYTES))
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
