"""Secrets are taken out of any text; everything else stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.redaction import redact

# Put together at run time, so that no scanner takes this file for a leak.
SLACK = "xo" + "xb-123456789012-abcdefABCDEF"
OPENAI = "s" + "k-proj-" + "Ab3_" * 10
GITHUB = "gh" + "p_" + "a1B2" * 9
FINE_GRAINED = "github" + "_pat_" + "11AA" * 10
JWT = "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxIn0.c2lnbmF0dXJl"
AWS = "AK" + "IA" + "ABCD" * 4
BODY = "\n".join("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" for _ in range(4))
BEGIN, END = "-----BEGIN " + "RSA PRIVATE KEY-----", "-----END " + "RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"use {SLACK}, please", "use [redacted Slack token], please"),
        ("xa" + "pp-1-A0123456789-abcdef", "[redacted Slack token]"),
        ("https://hooks.slack.com/" + "services/T000/B000/abcdef", "[redacted Slack webhook]"),
        (f"key={OPENAI}.", "key=[redacted OpenAI key]."),
        (GITHUB, "[redacted GitHub token]"),
        (FINE_GRAINED, "[redacted GitHub token]"),
        ("gl" + "pat-" + "a" * 20, "[redacted GitLab token]"),
        ("sk" + "_live_" + "a1" * 12, "[redacted Stripe key]"),
        ("AI" + "za" + "b" * 35, "[redacted Google key]"),
        (f"({AWS})", "([redacted AWS key id])"),
        (AWS + SLACK, "[redacted AWS key id][redacted Slack token]"),
        ("aws_secret_access_key = " + "a/B+" * 10, "aws_secret_access_key = [redacted AWS secret key]"),
        (f"Authorization: Bearer {JWT}", "Authorization: Bearer [redacted JWT]"),
        ("authorization: bearer " + "q" * 30, "authorization: bearer [redacted bearer token]"),
        ("postgresql://ann:pa:s@s@db:5432/x", "postgresql://ann:[redacted password]@db:5432/x"),
        ("DATABASE_PASSWORD=hunter22", "DATABASE_PASSWORD=[redacted value]"),
        ("export API_KEY='abcdef12'", "export API_KEY='[redacted value]'"),
        (f"a {BEGIN}\n{BODY}\n{END} z", "a [redacted private key] z"),
        (f"{BEGIN}\n{BODY}\n\nand then", "[redacted private key]\n\nand then"),
        (f'"{BEGIN}\\n{BODY[:32]}\\n{END}"', '"[redacted private key]"'),
        (f"{BEGIN}\n{BODY}\n{BEGIN}\n{BODY}\n{END}", "[redacted private key]\n[redacted private key]"),
    ],
)
def test_a_secret_is_replaced_by_its_kind(text: str, expected: str) -> None:
    assert redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A risk-based-approach-to-planning-things stays",
        "token: str (max 200), password: str (min 12), api_key: Optional[str]",
        "https://example.org:8080/a@b and http://localhost:3000",
        "the column updated_at@noon, sk-short, ghp_short, eyJ.a.b",
        "PRIMARY KEY = id",
        "BEGIN PRIVATE KEY",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert redact(text) == text


parts = st.sampled_from(
    [SLACK, OPENAI, JWT, AWS, BEGIN, END, BODY, "Bearer ", "://a:", "@", "A_TOKEN=", " ", "\n", "x"]
)


@given(st.lists(parts, max_size=12).map(" ".join))
def test_doing_it_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)
    assert redact(once) == once


@pytest.mark.parametrize(
    "piece", ["eyJ", "eyJa.", "://", "://a:b", BEGIN, BEGIN + "\n" + BODY, "A_TOKEN=", "sk-", "xoxb-", "A" * 50, "\\n"]
)
def test_hostile_repetition_ends(piece: str) -> None:
    """No time is asserted; a pattern with a bad worst case would run into the suite's own time-out."""
    assert isinstance(redact(piece * (400_000 // len(piece))), str)
