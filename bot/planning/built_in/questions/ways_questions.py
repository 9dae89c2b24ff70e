"""Asks which ways lead to the values of a status that no step names: some steps are never taken for all there are."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import Transition
from bot.documents.naming import joined
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.phrases.status_ways import drawn
from bot.planning.built_in.questions.answers import OpenPoint, chosen, reader_of
from bot.planning.built_in.rules.status_edges import every_edge
from bot.planning.built_in.rules.steps_settling import NOBODY_SAID, put_rule, settle_steps
from bot.planning.built_in.rules.whole_statuses import values_left
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import a, is_you_decide, spoken
from bot.planning.conversation import Question

__all__ = ["read_answer", "ways_open"]


def ways_open(draft: Draft) -> Iterator[OpenPoint]:
    """Ask for each status whose steps leave some of its values out."""
    for entity in draft.entities.values():
        for rule in entity.rules if not entity.is_pasted else ():
            if isinstance(rule, Transition) and (left := values_left(draft, entity, rule)):
                yield ways_point(draft, entity, rule, left)


def ways_point(draft: Draft, entity: EntityDraft, rule: Transition, left: list[str]) -> OpenPoint:
    """Ask for the ways to and from some values of one status."""
    names, either = joined(list(map(spoken, left))), joined(list(map(spoken, left)), "or")
    is_end = all((entity.name, rule.field, one) in draft.finals for one in left)
    options = (
        f"Any {spoken(rule.field)} may change to {names}"
        if is_end
        else f"Any {spoken(rule.field)} may change to and from {names}",
        f"Nothing leads to {either}",
    )
    first, last = rule.pairs()[0][0], left[-1]
    question = Question(
        id=f"ways:{entity.name}.{rule.field}:{','.join(left)}".lower(),
        text=f"How does {a(entity.noun)} come to {either}? So far I read for its {spoken(rule.field)}: "
        f"{drawn(rule.pairs())}. Say the other ways like this: {spoken(first)} → {spoken(last)}",
        reason="What I read would be the only changes that are possible, and no way leads there yet.",
        options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        option = chosen(text, options) or (options[0] if is_you_decide(text) else "")
        if option == options[0]:
            opened = open_ways(draft, entity, rule, left)
        elif option:
            draft.unreached += [(entity.name, rule.field, one) for one in left]
            draft.decide(f"{option} ({author})")
        else:
            read_answer(draft, entity, text, author)
            return
        if option == options[0] and is_you_decide(text):
            draft.assumed_ways += [(entity.name, rule.field, edge) for edge in opened]
            draft.assume(f"{entity.name}: {option[0].lower()}{option[1:]}{NOBODY_SAID}")
        elif option == options[0]:
            draft.decide(f"{option} ({author})")

    return OpenPoint("which values they take", question, settle)


def open_ways(draft: Draft, entity: EntityDraft, rule: Transition, left: list[str]) -> list[tuple[str, str]]:
    """Open every way to and from values, and return these; what is final stays so."""
    field = entity.fields[rule.field]
    values = draft.values_of(field)
    free = [
        edge
        for edge in every_edge(values)
        if set(edge) & set(left)
        and (entity.name, rule.field, edge[0]) not in draft.finals
        and (entity.name, rule.field, edge) not in draft.barred_ways
    ]
    possible = {*rule.pairs(), *free}
    put_rule(draft, entity, rule.field, [edge for edge in every_edge(values) if edge in possible], "")
    return free


def read_answer(draft: Draft, entity: EntityDraft, text: str, author: str) -> None:
    """Read further ways; what is none stays unread."""
    reader = reader_of(draft, author)
    for sentence in sentences_of(text):
        reader.begin_sentence()
        reader.subject = entity
        if not reader.read_ways(sentence):
            reader.read_sentence(sentence, may_name_title=False)
    settle_steps(draft)
