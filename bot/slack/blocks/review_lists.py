"""The lists of a review: what is new since the review before first, and what people saw already in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.entities.rule_words import rule_in_words, rule_note
from bot.documents.findings import Severity
from bot.documents.frozen import Frozen
from bot.documents.naming import joined, table_name
from bot.patterns import regex
from bot.slack.texts import Mrkdwn, clip, code, count, escape, mention
from bot.workflow.documents import Documents
from bot.workflow.reviews import ReviewContent
from bot.workflow.ways_past import way_past

__all__ = [
    "LONGEST_ENTRY",
    "MOST_LISTED",
    "Seen",
    "assumed",
    "blocking",
    "findings",
    "folded",
    "gaps",
    "left_out",
    "listed",
    "points",
    "rules",
    "unread",
    "voided_by_person",
    "warnings",
    "with_mentions",
]

MOST_LISTED = 12
"""How many entries of one list a review shows; the rest stands in the whole document."""
LONGEST_ENTRY = 300
LONGEST_TITLE = 80
FEW = 3
"""So many entries that people saw already stand there again."""
SENTENCE_WORDS = 4
"""So many words at least are called a sentence."""
PIECE_WORDS = 2
"""So many words at least tell something that isn't in the plan: fewer are a word that was left over."""
WHO_WE_ARE = regex(
    r"(?:we|i)\s*(?:are|['’]re|am|['’]m|run|look\s+after|(?:volunteer|work)\s+(?:at|in|for))\s+(?:an?|the)\s[^,;:\d]{3,80}"
    r"|an?\s(?:[\w-]+\s){1,4}(?:(?:run|led|organi[sz]ed|founded)\s+by|on\s+the\s+(?:edge|outskirts)\s+of|"
    r"in\s+the\s+(?:middle|heart|cent(?:re|er))\s+of|in\s+(?:our|my|the)\s+(?:town|city|village|street))\b[^,;:\d]{0,60}",
    re.IGNORECASE,
)
"""An introduction: it says who people are, and nothing that a plan could lack."""
MORE_THAN_THAT = regex(r"\b(?:who|whose|whom|which|that|with|where|has|have|each|every|must|can|may)\b", re.IGNORECASE)
NOT_BUILT = "stays an open task; "
UNDERSTOOD = "I understood: "
"""What a planner notes of a behaviour that no template builds, which has a line of its own."""

type Entry = tuple[str, str]
"""What a review keeps, and how it is shown."""


class Seen(Frozen):
    """What stood in the review before, by which its lists are folded."""

    review: int = 0
    """The number of that review; 0 where there is none."""
    said: frozenset[str] = frozenset()
    is_delivered: bool = False
    """Nobody was shown it: it keeps what was delivered."""

    @classmethod
    def of(cls, number: int, content: ReviewContent) -> Seen:
        """Return what a review told."""
        warned = (one.message for one in content.findings if one.severity is Severity.WARNING)
        told = (content.decisions, content.assumptions, content.custom, content.unread, content.risks)
        said = frozenset([*(piece for pieces in told for piece in pieces), *warned])
        return cls(review=number, said=said, is_delivered=content.is_unshown)


def folded(seen: Seen, *lists: Iterable[Entry]) -> list[str]:
    """Return what is new of some lists, and how much stood in the review before; all of it where that is few."""
    entries = [list(entries) for entries in lists]
    old = sum(kept in seen.said for several in entries for kept, _ in several)
    if old <= FEW:
        return [shown for several in entries for shown in listed([shown for _, shown in several])]
    fresh = [listed([shown for kept, shown in several if kept not in seen.said]) for several in entries]
    return [*(shown for several in fresh for shown in several), told_before(old, seen)]


def told_before(old: int, seen: Seen) -> Mrkdwn:
    """Say how much is as it was."""
    where = "delivered" if seen.is_delivered else f"in review {seen.review}"
    return Mrkdwn(f"_{count(old, 'entry', 'entries')} as {where}: see the whole document_")


def listed(entries: Sequence[str]) -> list[str]:
    """Return the first entries, each of bearable length, and how many more there are."""
    kept = [entry if isinstance(entry, Mrkdwn) else clip(entry, LONGEST_ENTRY) for entry in entries[:MOST_LISTED]]
    more = len(entries) - len(kept)
    return [*kept, f"and {more} more: see the whole document"] if more else kept


def left_out(content: ReviewContent) -> str:
    """Return one line on what could not be read and isn't asked about any more; nothing where there is no such."""
    newest = f"Left out, as you said: “{clip(content.left_out[-1], LONGEST_TITLE)}”" if content.left_out else ""
    more = f" and {len(content.left_out) - 1} more" if len(content.left_out) > 1 else ""
    before = len(content.unread_before)
    delivered = f"Not read, and not in what was delivered either: {count(before, 'piece')}" if before else ""
    return " · ".join(filter(None, (newest + more, delivered)))


def gaps(content: ReviewContent, specs: EntitySpecs) -> str:
    """Return in one sentence what a plan lacks that people told of: what wasn't read, and what nothing is linked to.

    Nothing where it lacks nothing. Things of which somebody said that they aren't linked are no gap.
    """
    pieces = [one for one in content.unread if len(one.split()) >= PIECE_WORDS and not is_introduction(one)]
    are_short = all(len(one.split()) < SENTENCE_WORDS for one in pieces)
    told = (
        f"{count(len(pieces), 'piece')} of what you said" if are_short else f"{count(len(pieces), 'sentence')} of yours"
    )
    said = [f"{told} {'is' if len(pieces) == 1 else 'are'} not in it"] if pieces else []
    alone = [spoken_plural(entity.name) for entity in unlinked(content, specs)]
    more = f" and {len(alone) - FEW} more" if len(alone) > FEW else ""
    linked = [f"nothing links {joined(alone[:FEW]) if not more else ', '.join(alone[:FEW])}{more} to the rest"]
    return " and ".join([*said, *(linked if alone else [])])


def is_introduction(piece: str) -> bool:
    """Tell whether a piece that wasn't read only says who people are, such as "a food bank on the edge of town"."""
    return WHO_WE_ARE.fullmatch(piece.strip(" .!")) is not None and not MORE_THAN_THAT.search(piece)


def unlinked(content: ReviewContent, specs: EntitySpecs) -> list[Entity]:
    """Return the entities that name no other and that none names, but for those that people want so."""
    others = [entity for entity in specs.entities if entity.is_writable and not entity.logs_in]
    ends = {end for one in others for field in one.fields if field.foreign_key for end in (one.name, field.foreign_key)}
    wanted = [one.lower() for one in content.decisions if " not linked (" in one]
    alone = [one for one in others if one.name not in ends]
    return [one for one in alone if not any(spoken_plural(one.name) in said for said in wanted)] if others[1:] else []


def spoken_plural(name: str) -> str:
    """Return several of an entity in words: WindPark as "wind parks"."""
    return table_name(name).replace("_", " ")


def points(content: ReviewContent, documents: Documents, people: Sequence[str], seen: Seen) -> list[str]:
    """Return what people have to look at: what was decided, and what was assumed."""
    shown = folded(seen, decided(content, documents, people), assumed(content))
    if any(one.startswith("“") and one not in seen.said for one in content.custom):
        shown.append(
            Mrkdwn(
                "_a rule that shouldn't be there: press `Request changes`, or mention me, and say_ `drop the rule “…”`"
            )
        )
    return shown


def decided(content: ReviewContent, documents: Documents, people: Sequence[str]) -> Iterator[Entry]:
    """Yield what people decided, as they said it; rules stand in a list of their own."""
    declared = {note for _, note in declared_rules(content, documents)}
    others = (one for one in content.decisions if one not in declared)
    yield from ((one, with_mentions(clip(one, LONGEST_ENTRY), people)) for one in others)


def assumed(content: ReviewContent) -> Iterator[Entry]:
    """Yield what no template builds, and what nobody decided."""
    lead = "_I can't build this by myself; a model writes it, or it stays open:_"
    notes = {one: note_of(one, content.assumptions) for one in content.custom}
    for one, note in notes.items():
        beside = f" ({note.partition(NOT_BUILT)[2]})" if UNDERSTOOD in note else ""
        yield one, Mrkdwn(f"{lead} {escape(clip(f'{one}{beside}', LONGEST_ENTRY))}")
    others = (one for one in content.assumptions if one not in notes.values())
    yield from ((one, Mrkdwn(f"_assumed:_ {escape(clip(one, LONGEST_ENTRY))}")) for one in others)


def note_of(custom: str, assumptions: Sequence[str]) -> str:
    """Return the assumption that says of a behaviour no more than that no template builds it, and how it is meant."""
    start = custom.removesuffix("”").removesuffix("…")
    return next((one for one in assumptions if one.startswith(start) and NOT_BUILT in one), "")


def unread(content: ReviewContent, seen: Seen) -> list[str]:
    """Return what could not be read, in quotes."""
    return folded(seen, ((piece, f"“{clip(piece, LONGEST_ENTRY)}”") for piece in content.unread))


def declared_rules(content: ReviewContent, documents: Documents) -> Iterator[tuple[str, str]]:
    """Yield each declared rule with who said it how, and the decision that it came from, empty where it was pasted."""
    for entity in documents.specs.entities:
        for rule in entity.rules:
            lead, told = rule_note(entity.name, rule), rule_in_words(entity.name, rule)
            note = next((one for one in content.decisions if one.startswith(lead)), "")
            said = note.removeprefix(lead)
            yield f"{told}{said}", note


def rules(content: ReviewContent, documents: Documents, people: Sequence[str], seen: Seen) -> list[str]:
    """Return the declared rules in plain sentences, each with the words that it was read from and who said them."""
    said = declared_rules(content, documents)
    return folded(seen, ((note, with_mentions(clip(shown, LONGEST_ENTRY), people)) for shown, note in said))


def voided_by_person(content: ReviewContent) -> dict[str, list[str]]:
    """Return the documents of which each person's approval counts no more, for the first people."""
    titles: dict[str, list[str]] = {}
    for one in content.voided:
        titles.setdefault(one.person, []).append(one.document)
    return dict(list(titles.items())[:MOST_LISTED])


def with_mentions(text: str, people: Sequence[str]) -> Mrkdwn:
    """Return a decision with its author as a mention; only people of the plan become one."""
    safe = escape(text)
    for person in people:
        safe = safe.replace(f"({escape(person)})", f"({mention(person)})")
    return Mrkdwn(safe)


def warnings(content: ReviewContent, seen: Seen) -> list[str]:
    """Return the findings that block nothing as sentences."""
    warned = [one for one in content.findings if one.severity is Severity.WARNING]
    return folded(seen, zip((one.message for one in warned), findings(content, Severity.WARNING), strict=True))


def findings(content: ReviewContent, severity: Severity) -> list[str]:
    """Return the findings of one severity as sentences."""
    return [
        f"{clip(one.message, LONGEST_ENTRY)} {clip(one.next_step, LONGEST_ENTRY)} ({one.rule})"
        for one in content.findings
        if one.severity is severity
    ]


def blocking(content: ReviewContent, specs: EntitySpecs) -> Iterator[str]:
    """Return the findings that leave no way to approve, each with what to write to get past it."""
    errors = [one for one in content.findings if one.severity is Severity.ERROR]
    for finding, sentence in zip(errors, findings(content, Severity.ERROR), strict=True):
        words = way_past(finding, specs)
        way = Mrkdwn(f" Mention me and write {code(words)}") if words else " Mention me and say what it should be"
        yield Mrkdwn(f"{escape(clip(sentence, LONGEST_ENTRY))}{way}, or what you want instead.")
