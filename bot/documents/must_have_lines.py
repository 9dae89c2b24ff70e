"""The must-haves at the end of our own task plan: truths, artifacts and key links, written and read back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.documents.code_spans import code_span, read_code_span
from bot.documents.markdown import inline, read_inline
from bot.documents.task_plan import Artifact, KeyLink, MustHaves, Phase

__all__ = ["must_have_lines", "read_must_haves"]

PHASE = re.compile(r"#{3,6}[ \t]+Phase[ \t]+(?P<number>\d{1,6})\b")
ARROW = " → "
BY = " by "
KINDS = ("- Truth:", "- Artifact:", "- Key link:")


def must_have_lines(phase: Phase) -> list[str]:
    """Return the must-haves of a phase, one a line."""
    must_haves = phase.must_haves
    return [
        *(f"- Truth: {inline(truth)}" for truth in must_haves.truths),
        *(f"- Artifact: {code_span(artifact.path)}: {inline(artifact.provides)}" for artifact in must_haves.artifacts),
        *(key_link_line(link) for link in must_haves.key_links),
    ]


def key_link_line(link: KeyLink) -> str:
    """Return a key link. The pattern stands before the reason, so that no text can be taken for it."""
    pattern = f" by {code_span(link.pattern)}" if link.pattern.strip() else ""
    return f"- Key link: {code_span(link.source)} → {code_span(link.target)}{pattern}: {inline(link.via)}"


@dataclass
class Collected:
    """The must-haves of one phase while they come in."""

    truths: list[str] = field(default_factory=list)
    artifacts: list[Artifact] = field(default_factory=list)
    key_links: list[KeyLink] = field(default_factory=list)

    def takes(self, line: str) -> bool:
        """Take a line, and tell whether it was understood."""
        kind = next((kind for kind in KINDS if line.startswith(kind)), "")
        value = line[len(kind) :].strip()
        if kind == "- Truth:":
            self.truths.append(read_inline(value))
            return True
        made = artifact_of(value) if kind == "- Artifact:" else key_link_of(value) if kind else None
        if isinstance(made, Artifact):
            self.artifacts.append(made)
        elif made:
            self.key_links.append(made)
        return made is not None


def artifact_of(value: str) -> Artifact | None:
    """Return the artifact that a line names, or None."""
    span = read_code_span(value)
    if not span or value[span[1] : span[1] + 1] != ":":
        return None
    return Artifact(path=span[0], provides=read_inline(value[span[1] + 1 :]))


def key_link_of(value: str) -> KeyLink | None:
    """Return the key link that a line names, or None."""
    source = read_code_span(value)
    target = read_code_span(value, source[1] + len(ARROW)) if source and value.startswith(ARROW, source[1]) else None
    if not source or not target:
        return None
    pattern = read_code_span(value, target[1] + len(BY)) if value.startswith(BY, target[1]) else ("", target[1])
    if not pattern or value[pattern[1] : pattern[1] + 1] != ":":
        return None
    via = read_inline(value[pattern[1] + 1 :])
    return KeyLink(source=source[0], target=target[0], pattern=pattern[0], via=via)


def read_must_haves(lines: list[str]) -> tuple[dict[int, MustHaves], list[int]]:
    """Return the must-haves by phase, and the positions of lines that were not understood."""
    phases: dict[int, Collected] = {}
    current: Collected | None = None
    unknown: list[int] = []
    for position, line in enumerate(lines):
        stripped = line.strip()
        heading = PHASE.match(stripped)
        if heading:
            current = phases.setdefault(int(heading["number"]), Collected())
        elif stripped and not (current and current.takes(stripped)):
            unknown.append(position)
    return {
        number: MustHaves(
            truths=tuple(found.truths), artifacts=tuple(found.artifacts), key_links=tuple(found.key_links)
        )
        for number, found in phases.items()
    }, unknown
