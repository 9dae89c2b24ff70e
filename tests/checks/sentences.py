"""What every finding has in common: it speaks in whole sentences, and says what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from bot.documents.findings import Finding

BEGINS_QUOTE = "“`"


def assert_sentences(findings: Iterable[Finding]) -> None:
    """Hold findings, at least one, to whole sentences that don't shout; a message may begin with a name."""
    findings = list(findings)
    assert findings
    for finding in findings:
        for text in (finding.message, finding.next_step):
            assert text.endswith((".", "…")), text
            assert not text.isupper(), text
            assert "  " not in text, text
        begin = finding.next_step[0]
        assert begin.isupper() or begin in BEGINS_QUOTE, finding.next_step
