"""Secrets in text, replaced before anything is stored, shown or committed.

What is found: Slack tokens and webhook addresses, OpenAI and other ``sk-`` keys, GitHub and GitLab tokens, JWTs,
private key blocks (also cut off ones), AWS key ids and secret keys, Google and Stripe keys, bearer headers,
upper-case settings such as ``DATABASE_PASSWORD=…``, and passwords in URLs. Each pattern has a fixed beginning and
repeats one class of characters, and a part that another beginning could stand in begins at a word's edge, so the time
is linear in the text.
"""

from __future__ import annotations

import re

from bot.patterns import regex

__all__ = ["SECRETS", "redact"]

EDGE = r"(?<![A-Za-z0-9_-])"
SECRETS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("Slack token", regex(r"(?:xox[a-z](?:\.xox[a-z])?|xapp)-[A-Za-z0-9-]{8,}"), ""),
    ("Slack webhook", regex(r"https://hooks\.slack(?:-gov)?\.com/(?:services|workflows)/[A-Za-z0-9/_-]{8,}"), ""),
    ("GitHub token", regex(r"gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}"), ""),
    ("GitLab token", regex(r"glpat-[A-Za-z0-9_-]{16,}"), ""),
    ("Stripe key", regex(r"[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"), ""),
    ("Google key", regex(r"AIza[A-Za-z0-9_-]{30,}"), ""),
    ("AWS key id", regex(r"(?<![A-Za-z0-9/+])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])"), ""),
    ("OpenAI key", regex(EDGE + r"sk-[A-Za-z0-9_-]{20,}"), ""),
    (
        "AWS secret key",
        regex(r"(?i)(aws_secret_access_key[\"']?[ \t]{0,4}[=:][ \t]{0,4}[\"']?)[A-Za-z0-9/+]{40}={0,2}"),
        r"\1",
    ),
    ("JWT", regex(EDGE + r"eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*"), ""),
    ("bearer token", regex(r"(?i)\b(bearer[ \t]{1,4})(?!\[redacted)[A-Za-z0-9._~+/=-]{20,}"), r"\1"),
    ("password", regex(r"(://[^\s/:@]{0,200}:)(?!\[redacted)[^\s/]{1,400}(?=@)"), r"\1"),
    (
        "value",
        regex(
            r"(?<![A-Za-z0-9_])([A-Z][A-Z0-9_]{0,60}(?:PASSWORD|SECRET|TOKEN|KEY)[ \t]{0,2}=[ \t]{0,2}[\"']?)"
            r"(?!\[redacted)[^\s\"'\[]{6,}"
        ),
        r"\1",
    ),
)
"""Kind of secret, pattern, and what of the match is kept before the replacement."""

KEY_BEGIN = regex(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
KEY_END = regex(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
KEY_BODY = regex(r"(?:(?:\\[nr]|\s){0,8}[A-Za-z0-9+/=]{12,})*")
"""Lines of base64; real line breaks, or those of JSON and settings files."""


def redact(text: str) -> str:
    """Return the text with each secret replaced by ``[redacted …]``; doing it twice changes nothing more."""
    text = without_private_keys(text)
    for kind, pattern, kept in SECRETS:
        text = pattern.sub(f"{kept}[redacted {kind}]", text)
    return text


def without_private_keys(text: str) -> str:
    """Replace private key blocks from BEGIN to END; one that was cut off, to the end of its base64 lines."""
    kept: list[str] = []
    position = 0
    end = KEY_END.search(text)
    while begin := KEY_BEGIN.search(text, position):
        while end and end.start() < begin.end():
            end = KEY_END.search(text, end.end())
        following = KEY_BEGIN.search(text, begin.end())
        is_whole = end and (not following or end.start() < following.start())
        body = KEY_BODY.match(text, begin.end())
        stop = end.end() if end and is_whole else (body.end() if body else begin.end())
        kept += [text[position : begin.start()], "[redacted private key]"]
        position = stop
    return "".join([*kept, text[position:]])
