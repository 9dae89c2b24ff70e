"""What a PLAN.md or SUMMARY.md loses on its way into the canonical form beside what its reader says: comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.documents.conversions.losses import Loss, line_losses, words_of
from bot.documents.phases.plan_tags import PlanTags
from bot.documents.text.front_matter import FrontMatter, Value, read_front_matter
from bot.documents.text.reading import FindingList, quote
from bot.documents.text.source_text import SourceText

__all__ = ["comment_losses", "front_matter_losses"]


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
    values = "\n".join(texts_of(front))
    for line in source.lines[: front.body_line - 1]:
        at = comment_start(line.text)
        if at < 0:
            continue
        comment = line.text[at:].strip()
        if words_of(comment) and comment not in values:
            yield Loss(line.number, f"the comment {quote(comment)} stands in the front matter, which keeps none")


def comment_start(text: str) -> int:
    """Return where a comment may begin on a line of YAML; -1 where none can."""
    if text.lstrip().startswith("#"):
        return text.index("#")
    found = min((at for at in (text.find(" #"), text.find("\t#")) if at >= 0), default=-1)
    return found + 1 if found >= 0 else -1


def texts_of(front: FrontMatter) -> Iterator[str]:
    """Yield every text of a front matter."""
    waiting: list[Value] = [front.values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from value
            waiting += value.values()
        else:
            waiting += value
