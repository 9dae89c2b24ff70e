"""Asks for the steps of a status that a rule leaves to somebody: "only mechanics can confirm a loan" – from where?"""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.declared_rules import Transition
from bot.documents.naming import snake_case
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, RuleWish, bare
from bot.planning.built_in.phrases.rule_phrases import Form
from bot.planning.built_in.questions.answers import OpenPoint, chosen
from bot.planning.built_in.questions.ways_questions import read_answer
from bot.planning.built_in.rules.role_rules import role_actions, roles_and_others, states_said, verbs_said
from bot.planning.built_in.rules.rule_subjects import stems
from bot.planning.built_in.rules.status_edges import every_edge
from bot.planning.built_in.rules.steps_settling import NOBODY_SAID, put_rule
from bot.planning.built_in.rules.whole_statuses import changes_status, whole_status
from bot.planning.built_in.rules.whole_statuses import subject_of as whose_status
from bot.planning.built_in.words.participles import participle
from bot.planning.built_in.words.vocabulary import EVENT_NOUNS, a, base_verb, is_you_decide, spoken, words_of
from bot.planning.conversation import Question

__all__ = ["steps_open"]

LEAVE_OPEN = "Leave it open, noted in the review"
SLOT = "which values they take"


def steps_open(draft: Draft) -> Iterator[OpenPoint]:
    """Ask for the steps of each status that a rule speaks of, where none are told."""
    asked: set[str] = set()
    for wish in draft.rule_wishes:
        subject = subject_of(draft, wish)
        if subject is None or subject.name in asked or role_actions(draft, subject, wish.wish):
            continue
        field, value = state_meant(draft, subject, wish)
        verb = wish.wish.part("actions")
        if field is not None:
            yield ways_point(draft, subject, field, value, wish)
        elif not wish.wish.part("step") and is_no_record(verb) and not statuses(draft, subject):
            yield verb_point(draft, subject, verb, wish)
        else:
            continue
        asked.add(subject.name)


def subject_of(draft: Draft, one: RuleWish) -> EntityDraft | None:
    """Return the thing of which a rule that is still open leaves steps to somebody, or anything to roles; or None."""
    wish = one.wish
    if wish.form != Form.OWNER or one.is_settled or wish.part("also") or bare(wish.quote) in draft.asked:
        return None
    subject = whose_status(draft, wish, draft.entities.get(one.entity))
    if subject is None or subject.is_pasted:
        return None
    is_of_steps = changes_status(wish) or bool(wish.part("step"))
    roles = roles_and_others(draft, wish, subject)[0]
    if not roles and not (is_of_steps and names_whom(draft, subject, wish.part("who"))):
        return None
    return subject


def names_whom(draft: Draft, subject: EntityDraft, who: str) -> bool:
    """Tell whether a thing names those whom a rule leaves a step to, or whether they are things of their own."""
    keys = [name.removesuffix("_id") for name, one in subject.fields.items() if one.field.foreign_key]
    people = [entity.noun for entity in draft.entities.values() if entity is not subject]
    return bool(stems(words_of(who)) & stems(word for name in (*keys, *people) for word in words_of(name)))


def statuses(draft: Draft, subject: EntityDraft) -> list[FieldDraft]:
    """Return the fields of a thing that have values to choose from."""
    return [one for one in subject.fields.values() if draft.values_of(one) and not one.field.type.is_list]


def state_meant(draft: Draft, subject: EntityDraft, one: RuleWish) -> tuple[FieldDraft | None, str]:
    """Return the status without steps that has the value which a rule speaks of, and that value."""
    stepped = {rule.field for rule in subject.rules if isinstance(rule, Transition)}
    if changes_status(one.wish):
        field = None if stepped else whole_status(draft, subject)
        return field, draft.values_of(field)[-1] if field else ""
    said = one.wish.part("step")
    wanted = {snake_case(state.replace("-", " ").replace(" ", "_")) for state in (said, *states_said(said)) if state}
    done = set() if said else {participle(verb) for verb in verbs_said(one.wish)}
    found = [
        (field, value)
        for field in statuses(draft, subject)
        for value in draft.values_of(field)
        if field.field.name not in stepped and (snake_case(value) in wanted or snake_case(value).split("_")[0] in done)
    ]
    named = {field.field.name for field, _ in found}
    return found[-1] if len(named) == 1 and (len(found) == 1 or len(found) == len(states_said(said))) else (None, "")


def is_no_record(verb: str) -> bool:
    """Tell whether a verb may be a step: one that makes no record of its own, as to borrow does."""
    words = verb.split()
    return (
        0 < len(words) <= 2 and not {"or", "and"} & set(words) and (base_verb(words[0]) or words[0]) not in EVENT_NOUNS
    )


def ways_point(draft: Draft, entity: EntityDraft, field: FieldDraft, value: str, one: RuleWish) -> OpenPoint:
    """Ask for the ways of a status of which a rule leaves one step to somebody."""
    name, values = spoken(field.field.name), draft.values_of(field)
    first = values[0]
    options = (f"Any {name} may change to any other, and a new one is {spoken(first)}", LEAVE_OPEN)
    before = first if first != value else values[-1]
    question = Question(
        id=f"steps:{entity.name}.{field.field.name}".lower(),
        text=f"“{one.wish.quote}”: how does {a(entity.noun)} come to {spoken(value)}? Say the ways of its {name} like "
        f"this: {spoken(before)} → {spoken(value)}",
        reason="What may be done by some alone is a step of a status, and no step is told so far.",
        options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        option = chosen(text, options) or (options[0] if is_you_decide(text) else "")
        if not option:
            read_answer(draft, entity, text, author)
        elif option == options[0]:
            put_rule(draft, entity, field.field.name, every_edge(values), one.wish.quote)
            field.field = field.field.model_copy(update={"default": first})
            said = f"{entity.name}: {option[0].lower()}{option[1:]}"
            draft.assume(f"{said}{NOBODY_SAID}") if is_you_decide(text) else draft.decide(f"{said} ({author})")
            return
        leave_where_unclear(draft, entity, one)

    return OpenPoint(SLOT, question, settle)


def verb_point(draft: Draft, entity: EntityDraft, verb: str, one: RuleWish) -> OpenPoint:
    """Say that a verb is no step of a thing yet, and ask for its steps."""
    first, *rest = verb.split()
    done = " ".join((participle(first), *rest))
    example = f"{a(entity.noun).capitalize()} has a status: open, then {done}"
    question = Question(
        id=f"steps:{entity.name}.{snake_case(verb.replace(' ', '_'))}".lower(),
        text=f"“{one.wish.quote}”: “{verb}” is no step of {a(entity.noun)} yet. If it is one, say its steps, like "
        f"this: {example}",
        reason="I can leave to some alone what is created, changed or deleted, and the steps of a status.",
        options=(LEAVE_OPEN, example), default=LEAVE_OPEN,
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        option = chosen(text, question.options) or (LEAVE_OPEN if is_you_decide(text) else "")
        if option != LEAVE_OPEN:
            read_answer(draft, entity, option or text, author)
        leave_where_unclear(draft, entity, one)

    return OpenPoint(SLOT, question, settle)


def leave_where_unclear(draft: Draft, entity: EntityDraft, one: RuleWish) -> None:
    """Keep a rule as an open task, where nothing that was answered tells its step; nobody is asked again."""
    if not role_actions(draft, entity, one.wish):
        draft.asked.append(bare(one.wish.quote))
