"""What a PLAN.md or SUMMARY.md loses on its way into the canonical form beside what its reader says: comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import yaml

from bot.documents.conversions.losses import LONGEST_LINE, Loss, line_losses, words_of
from bot.documents.phases.plan_tags import PlanTags
from bot.documents.text.front_matter import FENCE, NOT_YAML, ShallowLoader, by_key, read_front_matter
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import Line, SourceText
from bot.patterns import regex

__all__ = ["comment_losses", "front_matter_losses"]

COMMENT = regex(r"#[^\n]*")


def comment_losses(source: SourceText, canonical: str) -> Iterator[Loss]:
    """Yield the comments of a plan's body that stand in no text, and attributes that options have no place for."""
    front = read_front_matter(source, FindingList(""))
    tags = PlanTags(source, front.body_line if front else 1)
    written = Counter(line.strip() for line in canonical.splitlines())
    lost = []
    for line in source.lines:
        if line.number not in tags.comments or not line.text.strip():
            continue
        text = line.text.strip()
        if written[text]:
            written[text] -= 1
        else:
            lost.append(line)
    yield from line_losses(lost, "stands in a comment, and plans keep none between their tags")
    for opening in tags.openings:
        others = [f'{name}="{value}"' for name, value in opening.attributes if name != "id"]
        if opening.name == "option" and others:
            yield Loss(opening.line, f"the attributes {quote(' '.join(others))} of an option have no place")


def front_matter_losses(source: SourceText) -> Iterator[Loss]:
    """Yield the comments of a front matter: YAML has them, its values don't."""
    front = read_front_matter(source, FindingList(""))
    if front is None:
        return
    inside = [line for line in source.lines[: front.body_line - 1] if line.text.rstrip() not in {"", FENCE}]
    for block in by_key(tuple(inside)) if inside else ():
        yield from yaml_comments(block)


def yaml_comments(lines: Sequence[Line]) -> Iterator[Loss]:
    """Yield the comments of one key: what stands between two tokens. A key that is no YAML is told by its reader."""
    text = "\n".join(NOT_YAML.sub("\ufffd", line.text) for line in lines)
    at = 0
    try:
        for token in yaml.scan(text, Loader=ShallowLoader):
            for match in COMMENT.finditer(text, at, max(at, token.start_mark.index)):
                if words_of(match.group()):
                    line = lines[text.count("\n", 0, match.start())]
                    said = f"the comment {quote(match.group(), LONGEST_LINE)} stands in the front matter"
                    yield Loss(line.number, f"{said}, which keeps none")
            at = max(at, token.end_mark.index)
    except (yaml.YAMLError, ValueError, OverflowError):
        return
