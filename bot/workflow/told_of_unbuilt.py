"""Why something isn't built, as people ask it of an open task or of words that were not read.

One sentence says what is missing, one where a developer finds it, and one what can be said near it that is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.documents.clipping import clip_words
from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.naming import article
from bot.documents.tasks.task_plan import Task, TaskKind
from bot.generation.names import words
from bot.patterns import regex
from bot.planning.built_in.questions.left_words import content_of
from bot.planning.built_in.rules.rule_subjects import stems
from bot.planning.built_in.words.vocabulary import words_of
from bot.workflow.documents import Documents
from bot.workflow.named_in_questions import asked_about
from bot.workflow.reviews import ReviewContent

__all__ = ["told_unbuilt"]

LONGEST_QUOTE = 160
MOST = 3
MOST_NEAR = 2
LEAST_SHARED = 0.5
NOT_YOU = (
    r"(?:can't|cannot|can\s+not|couldn't|don't|do\s+not|didn't|did\s+not|won't|will\s+not|haven't|have\s+not|aren't|"
    r"are\s+not)"
)
BUILD = (
    r"(?:build(?:ing)?|built|make|made|do|done|write|written|code[d]?|implement(?:ed)?|create[d]?|read|understand|"
    r"understood)"
)
OPEN = r"(?:open|unbuilt|undone|left\s+(?:open|out|over)|unread|(?:an?\s+)?(?:open\s+)?tasks?)"
CODED = r"(?:built|implemented|programmed|coded)"
NOTHING = rf"(?:nothing|no\s+template|{BUILD}\s+nothing)"
UNBUILT = tuple(
    regex(rf"^{form}$", re.IGNORECASE)
    for form in (
        rf"why\s+{NOT_YOU}\s+(?:you|the\s+bot|it)\s+(?:also\s+|just\s+|simply\s+)?{BUILD}\b\s*(?:that\s+)?(?P<what>.*)",
        rf"why\s+(?:can|could|do|did|will|have|are)\s+you\s+not\s+{BUILD}\b\s*(?:that\s+)?(?P<what>.*)",
        rf"why\s+(?:is|was|are|were|has|have)(?:n't|\s+not)\s+(?P<what>.+?)\s+(?:been\s+)?{BUILD}(?:\s+yet)?",
        rf"why\s+(?:is|was|are|were|has|have)\s+(?P<what>.+?)\s+(?:not|never)\s+(?:been\s+)?{BUILD}(?:\s+yet)?",
        rf"why\s+(?:can't|cannot|won't)\s+(?P<what>.+?)\s+be\s+{CODED}",
        rf"why\s+(?:is|was|are|were)\s+(?P<what>.+?)\s+(?:still\s+|only\s+|just\s+)?{OPEN}",
        rf"why\s+(?:is|was|did|do)\s+(?:there\s+|you\s+)?{NOTHING}\s+(?:{BUILD}\s+)?(?:for|of|from|about)\s+(?P<what>.+)",
        rf"why\s+(?:does|do|did)\s+(?P<what>.+?)\s+(?:still\s+)?(?:stay|remain)\s+{OPEN}",
        rf"why\s+{NOT_YOU}\s+(?:you|it|the\s+(?:bot|service))\s+(?P<what>\S+\s+\S.*)",
        rf"how\s+(?:do|can|could|would)\s+(?:i|we)\s+(?:get|have)\s+(?P<what>.+?)\s+{CODED}",
        rf"how\s+(?:can|could|does|will)\s+(?P<what>.+?)\s+(?:be|get)\s+{CODED}",
    )
)
"""How people ask for it."""
ANY = frozenset(
    {"it", "that", "this", "them", "those", "these", "task", "rest", "open", "rule", "all", "everything", "one"}
)
"""Words that name no task of their own."""
NEAR = (
    (
        frozenset({"remi", "noti", "mail", "emai", "send", "sent", "mess", "info", "warn", "invi", "text"}),
        "a reminder date",
    ),
    (frozenset({"calc", "comp", "sum", "tota", "coun", "cost", "poin", "stat", "repo", "aver"}), "a total"),
)
"""What can be kept of deeds that nothing does by itself: when a message was sent, and what came out."""


def told_unbuilt(documents: Documents, content: ReviewContent, said: str) -> str:
    """Say what is missing for something to be built; nothing where nobody asks that of what is open."""
    match = next((one for form in UNBUILT if (one := form.match(said))), None)
    if match is None:
        return ""
    what = match["what"].strip(" “”\"'`")
    custom = [task for task in documents.task_plan.tasks() if task.kind is TaskKind.CUSTOM]
    found = list(meant(what, custom, content.unread))
    told = [told_of_open(documents.specs, one) for one in found[:MOST]]
    if not told:
        return ""
    more = f" And {len(found) - MOST} more: `what is left?` lists them." if len(found) > MOST else ""
    near = nearby(documents.specs, " ".join(map(words_in, found)))
    return f"{' '.join(told)}{more} What I would build near it, said as a sentence: {near}."


def meant(what: str, custom: Sequence[Task], unread: Sequence[str]) -> Iterator[Task | str]:
    """Yield the open tasks and the unread words that a question means: all where it only says "it"."""
    pieces: list[Task | str] = [*custom, *unread]
    if numbered := [task for task in custom if task.number in what.split()]:
        yield from numbered
        return
    wanted = stems(content_of(what) - ANY)
    if not wanted:
        yield from (custom or unread)
        return
    shared = [len(wanted & stems(words_of(words_in(one)))) for one in pieces]
    most = max(shared, default=0)
    yield from (one for one, count in zip(pieces, shared, strict=True) if count == most >= LEAST_SHARED * len(wanted))


def words_in(one: Task | str) -> str:
    """Return what an open task or a piece says."""
    return one if isinstance(one, str) else one.title.strip("“”")


def told_of_open(specs: EntitySpecs, one: Task | str) -> str:
    """Say what is missing, and where it is found."""
    quoted = f"“{clip_words(words_in(one), LONGEST_QUOTE)}”"
    if isinstance(one, str):
        return f"I could not read {quoted}, so it is no part of the plan, and nothing is built of it."
    return (
        f"{quoted} has the form of no rule that I can build (`what can you build?` shows them all), so somebody must "
        f"write its code: a model, or a developer, who finds it as open task {one.number} in `.planning/tasks.md` of "
        "the repository."
    )


def nearby(specs: EntitySpecs, said: str) -> str:
    """Return sentences near some words that are built: about the thing that they name, or else the last one."""
    about = next(iter([*asked_about(specs, said).entities, *specs.entities[::-1]]), None)
    if about is None:
        return "`each book has a note`"
    told = stems(words_of(said))
    kept = [fact for beginnings, fact in NEAR if told & beginnings]
    found = [f"each {words(about.name)} has {fact}" for fact in (*kept, "a note")][:1]
    rules = rules_near(specs, about) if asked_about(specs, said).entities else ()
    return " or ".join(f"`{one}`" for one in [*found, *rules][:MOST_NEAR])


def rules_near(specs: EntitySpecs, about: Entity) -> Iterator[str]:
    """Yield rules about a thing that can be built: of a state that it has, and of a number."""
    for field in about.fields:
        enum = specs.enum_of(field)
        if enum and len(enum.values) > 1:
            yield f"{article(f'{words(enum.values[-1])} {words(about.name)}')} can't be deleted"
        elif field.is_given and not field.foreign_key and field.type.name in {"int", "float", "Decimal"}:
            yield f"the {words(field.name)} of {article(words(about.name))} is at most 20"
