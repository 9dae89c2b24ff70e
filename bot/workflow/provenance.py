"""Why something is in a plan: who said it, where, what builds it and what proved it. The chain behind ``why 2.1``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents.entities.declared_rules import DeclaredRule, Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs
from bot.documents.entities.plain_changes import said_plainly
from bot.documents.entities.rule_words import rule_in_words, rule_note
from bot.documents.frozen import Frozen
from bot.documents.naming import joined
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import Task, TaskState
from bot.generation.account_specs import AUTH, account_of
from bot.generation.blueprint import load_blueprint
from bot.generation.coverage import Coverage, cover
from bot.generation.criteria import CriterionKind, child_criteria
from bot.generation.custom import behaviours_of
from bot.generation.feature_specs import features_of
from bot.generation.names import words
from bot.generation.order import references_to
from bot.generation.rule_criteria import rule_sentences
from bot.patterns import regex
from bot.planning.conversation import Conversation
from bot.planning.sources import (
    UNIQUE,
    Source,
    changes_of_values,
    in_order,
    sources_of_entity,
    sources_of_field,
    sources_of_quotes,
    sources_of_rule,
    sources_of_said_rule,
    sources_of_signing_in,
    sources_of_words,
)
from bot.store.tables import Plan
from bot.workflow.approving import approved_document
from bot.workflow.builds import own_steps
from bot.workflow.changes import delivered_documents
from bot.workflow.documents import Documents, documents_so_far, is_imported
from bot.workflow.forgotten import is_forgotten
from bot.workflow.overview import TaskProgress, phases_of
from bot.workflow.plans import load_conversation
from bot.workflow.refusals import Refused
from bot.workflow.reviews import ReviewContent, review_of
from bot.workflow.stages import PlanStage
from bot.workflow.told_of_documents import field_words, marks_of

__all__ = ["Reason", "asked_why", "criteria_from", "has_open_change", "why", "why_in"]

NAME = r"[A-Za-z_]\w{0,80}"
QUESTION = regex(rf"\s*why\s+(\d{{1,6}}(?:\.\d{{1,6}})?|{NAME}(?:\.{NAME})?)\s*\??\s*", re.IGNORECASE)
NOT_SAID = "I find no words of yours for it: it follows from the other decisions, or the planner chose it."
NOT_SAID_ANY_MORE = "Nobody who is still here said it: who asked to be forgotten may have."
QUOTED = regex(r"“([^“”]+)”")
MOST_NAMED = 10
KEPT_FOR_ALL = "Every entity has it: its key, and when it was created and changed."


class Reason(Frozen):
    """Why something is in a plan, link by link."""

    name: str
    """What was asked about: ``2.1``, ``Loan`` or ``Loan.due_at``."""
    text: str
    """The criterion's sentence, or what the thing is."""
    rule: str = ""
    """The rule that the criterion states, as reviews say it."""
    sources: tuple[Source, ...] = ()
    """Who said it; empty where nobody did."""
    assumptions: tuple[str, ...] = ()
    """What was assumed about it."""
    derived: str = ""
    """Why it is there though nobody said it."""
    tasks: tuple[TaskProgress, ...] = ()
    """What builds it; a task that is done carries its commit and how many tests passed."""
    approved_by: tuple[str, ...] = ()
    """Who approved the document that it stands in, as it stands now."""
    open_change: str = ""
    """What a change that is not approved yet would make of it."""


def asked_why(text: str) -> str:
    """Return what a whole message asks the reason of, such as ``2.1`` of ``why 2.1?``; nothing for any other."""
    found = QUESTION.fullmatch(text)
    return found[1] if found else ""


async def why(session: AsyncSession, plan: Plan, name: str) -> Reason:
    """Return the chain of a criterion (``2.1``), an entity or a field. Raises Refused for what isn't there."""
    documents = await documents_so_far(session, plan)
    if documents is None and await is_imported(session, plan):
        raise Refused(
            f"*{plan.title}* is built as its file says, which numbers no criteria. Press `Details` on its card."
        )
    if documents is None:
        raise Refused(f"*{plan.title}* has no documents yet; its first review will number what it promises.")
    everything = await load_conversation(session, plan)
    conversation = without_forgotten(everything)
    content = await content_of(session, plan)
    delivered = await delivered_documents(session, plan) if has_open_change(plan) else None
    stands = delivered if delivered is not None and text_in(delivered, name) else documents
    decisions = content.decisions
    if plan.delivered_review != plan.review:
        decisions = (*decisions, *(await content_of(session, plan, plan.delivered_review)).decisions)
    reason, tasks = why_in(stands, conversation, name, decisions)
    numbers = {task.title: task.number for task in documents.task_plan.tasks()}
    document = "requirements" if name[:1].isdigit() else "entity_specs"
    built = {task.title: task for phase in phases_of(await own_steps(session, plan.id), {}) for task in phase.tasks}
    not_read = (*content.unread, *content.left_out, *content.unread_before)
    is_emptied = not reason.sources and reason.derived != KEPT_FOR_ALL and conversation != everything
    return reason.model_copy(
        update={
            "derived": NOT_SAID_ANY_MORE if is_emptied else reason.derived,
            "sources": tuple(shown_source(source) for source in reason.sources if not is_left_out(source, not_read)),
            "tasks": tuple(progress_of(task, built, numbers.get(task.title, task.number)) for task in tasks),
            "approved_by": await approved_document(session, plan, document, as_delivered=stands is delivered),
            "open_change": told_open_change(delivered, documents, name, plan.review) if delivered else "",
        }
    )


def has_open_change(plan: Plan) -> bool:
    """Tell whether a delivered plan has a change under way that is not approved."""
    settled = {PlanStage.APPROVED, PlanStage.BUILDING, PlanStage.DELIVERED}
    return bool(plan.delivered_review) and plan.stage not in settled


def why_in(
    documents: Documents, conversation: Conversation, name: str, decisions: Sequence[str] = ()
) -> tuple[Reason, list[Task]]:
    """Return the reason of a criterion, an entity or a field, and what builds it. Raises Refused for no such name."""
    return (why_criterion if name[:1].isdigit() else why_thing)(documents, conversation, name, decisions)


def text_in(documents: Documents, name: str) -> str:
    """Return what documents say under a name or a number; nothing where they have none such."""
    try:
        return why_in(documents, Conversation(messages=()), name)[0].text
    except Refused:
        return ""


def told_open_change(delivered: Documents, newest: Documents, name: str, review: int) -> str:
    """Say what the change under review makes of something; nothing where it stays as it was delivered."""
    before, after = text_in(delivered, name), text_in(newest, name)
    if before == after:
        return ""
    where = f"The change under review (review {review}), which is not approved yet,"
    if not before:
        return f"{where} brings it."
    return f"{where} makes it: “{after}”." if after else f"{where} takes it out."


async def criteria_from(session: AsyncSession, plan: Plan, key: str) -> tuple[str, ...]:
    """Return the numbers of the criteria that come from a message; none before the first review."""
    documents = await documents_so_far(session, plan)
    if documents is None:
        return ()
    conversation = await load_conversation(session, plan)
    texts = {criterion.number: criterion.text for criterion in documents.requirements.criteria()}
    decisions = (await content_of(session, plan)).decisions
    return tuple(
        about.number
        for about in coverage_of(documents)
        if about.number in texts
        and any(
            source.key == key
            for source in sources_of_criterion(documents, conversation, about, texts[about.number], decisions)
        )
    )


def without_forgotten(conversation: Conversation) -> Conversation:
    """Return what is still known as somebody's words; what stands in the place of emptied ones is nobody's."""
    return conversation.model_copy(
        update={
            "messages": tuple(one for one in conversation.messages if not is_forgotten(one.author)),
            "answers": tuple(one for one in conversation.answers if not is_forgotten(one.author)),
            "changes": tuple(one for one in conversation.changes if not is_forgotten(one.author)),
        }
    )


async def content_of(session: AsyncSession, plan: Plan, number: int | None = None) -> ReviewContent:
    """Return what a review, or else the newest, says beside the documents; an empty one where there is none."""
    number = plan.review if number is None else number
    if not number:
        return ReviewContent()
    return ReviewContent.model_validate((await review_of(session, plan, number)).content)


def is_left_out(source: Source, unread: tuple[str, ...]) -> bool:
    """Tell whether all that a source quotes was left out of the plan."""
    quote = source.quote.strip(" .;,!?\n")
    return bool(quote) and any(quote in piece for piece in unread)


def shown_source(source: Source) -> Source:
    """Return a source as people read it: what was set in a form stands there without the words of the grammar."""
    return source.model_copy(update={"quote": said_plainly(source.quote)}) if source.is_set else source


def progress_of(task: Task, built: Mapping[str, TaskProgress], number: str) -> TaskProgress:
    """Return how far a task is, with its number now; its title finds it, since a change may have given it another."""
    known = built.get(task.title)
    if known is None:
        return TaskProgress(number=number, title=task.title, state=TaskState.TODO)
    return known.model_copy(update={"number": number})


def why_criterion(
    documents: Documents, conversation: Conversation, number: str, decisions: Sequence[str] = ()
) -> tuple[Reason, list[Task]]:
    """Return the reason of an acceptance criterion, and what builds it. Raises Refused for a number that is none's."""
    criterion = next((one for one in documents.requirements.criteria() if one.number == number), None)
    if criterion is None:
        raise Refused(no_such_number(documents.requirements, number))
    about = next(one for one in coverage_of(documents) if one.number == number)
    tasks = [task for task in documents.task_plan.tasks() if number in task.requirements]
    sources = sources_of_criterion(documents, conversation, about, criterion.text, decisions)
    assumptions = () if sources else assumptions_about(documents, about.subject)
    reason = Reason(
        name=number,
        text=criterion.text,
        rule=rule_of_criterion(documents, about, criterion.text),
        sources=sources,
        assumptions=assumptions,
        derived="" if sources or assumptions else unsaid(about.feature),
    )
    return reason, tasks


def no_such_number(requirements: Requirements, number: str) -> str:
    """Say that no criterion has a number: it was taken out, is a whole requirement's, or was never given."""
    gone = next((one for one in requirements.removed if one.number == number), None)
    if gone is not None:
        return f"{number} was taken out: “{gone.text}”. Its number is never given again."
    inside = [one.number for one in requirements.criteria() if one.number.startswith(f"{number}.")]
    if inside:
        return f"{number} is a whole requirement. Ask for one of its criteria, such as `why {inside[0]}`."
    return f"No criterion has the number {number}. The whole document shows them all."


def sources_of_criterion(
    documents: Documents, conversation: Conversation, about: Coverage, text: str, decisions: Sequence[str] = ()
) -> tuple[Source, ...]:
    """Return where a criterion comes from: its rule, its fields and its entity, or the words of a custom behaviour.

    ``decisions`` are those of the review, which quote the sentence that a rule was read from.
    """
    entity = documents.specs.entity(about.subject)
    if about.feature:
        account = account_of(documents.specs) if about.feature == AUTH else None
        return sources_of_signing_in(conversation, account) if account else ()
    if entity is None:
        return sources_of_quotes(conversation, QUOTED.findall(text)) or sources_of_words(conversation, text)
    rule = rule_stated(documents.specs, entity, text)
    if rule is not None:
        return sources_of_declared(documents.specs, conversation, entity, rule, decisions)
    own = sources_of_entity(conversation, documents.specs, entity)
    about_field = UNIQUE if about.kind == CriterionKind.TAKEN else frozenset[str]()
    found = (
        sources_of_field(conversation, documents.specs, owner, field, about_field)
        for owner, field in fields_of_criterion(documents.specs, entity, about.kind, text)
    )
    return next(filter(None, found), own)


def rule_of_criterion(documents: Documents, about: Coverage, text: str) -> str:
    """Return the declared rule that a criterion states, in plain words; nothing where it states none."""
    entity = documents.specs.entity(about.subject)
    rule = rule_stated(documents.specs, entity, text) if entity else None
    return rule_in_words(entity.name, rule) if entity and rule else ""


def rule_stated(specs: EntitySpecs, entity: Entity, text: str) -> DeclaredRule | None:
    """Return the declared rule of an entity that a criterion states, or None."""
    rules = zip(entity.rules, rule_sentences(entity, specs), strict=True)
    return next((rule for rule, sentence in rules if sentence == text), None)


def sources_of_declared(
    specs: EntitySpecs, conversation: Conversation, entity: Entity, rule: DeclaredRule, decisions: Sequence[str]
) -> tuple[Source, ...]:
    """Return every sentence that a declared rule came from, later ones that changed it included."""
    said = sources_of_said_rule(conversation, entity, rule, words_of_rule(entity, rule, decisions))
    found = said or sources_of_rule(conversation, specs, entity, rule)
    status = entity.field(rule.field) if isinstance(rule, Transition) else None
    if status is None:
        return found
    later = changes_of_values(conversation, specs, entity, status)
    taken = [one for one in later if any(f"“{one.quote.strip(' .')}" in decision for decision in decisions)]
    return in_order(conversation, (*found, *taken))


def words_of_rule(entity: Entity, rule: DeclaredRule, decisions: Sequence[str]) -> list[str]:
    """Return the words that a rule was read from, as the decisions of a review quote them."""
    lead = f"{rule_note(entity.name, rule)}: “"
    notes = (one.removeprefix(lead).rpartition("”")[0] for one in decisions if one.startswith(lead))
    return [words for note in notes for words in note.split(" … ")]


def fields_of_criterion(specs: EntitySpecs, entity: Entity, kind: str, text: str) -> list[tuple[Entity, EntityField]]:
    """Return the fields that a criterion is about, each with its entity; none where it is about a whole entity.

    The words of usual sentences, such as “a page” or “a wrong type”, name no field.
    """
    if kind == CriterionKind.CHILDREN:
        sentences = zip(references_to(entity, specs), child_criteria(entity, specs), strict=True)
        return [(one.entity, one.field) for one, sentence in sentences if sentence.text == text]
    if kind and kind not in {CriterionKind.TAKEN, CriterionKind.PARENT}:
        return []
    return [(entity, field) for field in entity.fields if re.search(rf"\b{re.escape(words(field.name))}\b", text)]


def why_thing(
    documents: Documents, conversation: Conversation, name: str, decisions: Sequence[str] = ()
) -> tuple[Reason, list[Task]]:
    """Return the reason of an entity or a field, and what builds it. Raises Refused for a name that is neither's."""
    wanted, _, own = name.partition(".")
    entity = next((one for one in documents.specs.entities if one.name.lower() == wanted.lower()), None)
    field = next((one for one in entity.fields if one.name == own.lower()), None) if entity and own else None
    if entity is None or (own and field is None):
        known = joined([one.name for one in documents.specs.entities][:MOST_NAMED])
        raise Refused(
            f"This plan has no `{name[:80]}`. It has {known}; ask for one, for a field such as `Book.title`, "
            "or for a criterion by its number."
        )
    specs = documents.specs
    sources = (
        sources_with_rules(specs, conversation, entity, field, decisions)
        if field
        else sources_of_entity(conversation, specs, entity)
    )
    always = field is not None and (field.primary_key or field.is_timestamp)
    tasks = [
        task
        for task in documents.task_plan.tasks()
        if task.entity == entity.name and (field is None or task.blueprint_task == "model")
    ]
    assumptions = () if sources or always else of_field(assumptions_about(documents, entity.name), entity, field)
    feature = (field.feature or "") if field else ""
    reason = Reason(
        name=f"{entity.name}.{field.name}" if field else entity.name,
        text=f"{field_words(specs, field)}{marks_of(field)}"
        if field
        else f"a thing of its own, with {holdings(entity)}",
        sources=sources,
        assumptions=assumptions,
        derived=KEPT_FOR_ALL if always else "" if sources or assumptions else unsaid(feature),
    )
    return reason, tasks


def holdings(entity: Entity) -> str:
    """Return what people keep in an entity, without its key and the moments that the service keeps."""
    own = [
        one.name.removesuffix("_id")
        for one in entity.fields
        if not (one.primary_key or one.is_timestamp or one.feature)
    ]
    return joined(own) or "nothing but what the service keeps itself"


def sources_with_rules(
    specs: EntitySpecs, conversation: Conversation, entity: Entity, field: EntityField, decisions: Sequence[str]
) -> tuple[Source, ...]:
    """Return where a field was named, and every sentence about the steps that it goes."""
    named = sources_of_field(conversation, specs, entity, field)
    steps = [rule for rule in entity.rules if isinstance(rule, Transition) and rule.field == field.name]
    told = [source for rule in steps for source in sources_of_declared(specs, conversation, entity, rule, decisions)]
    return in_order(conversation, (*named, *told)) if told else named


def unsaid(feature: str) -> str:
    """Say why something is there that is traced to nobody's words."""
    return f"It comes with the feature {feature}." if feature else NOT_SAID


def coverage_of(documents: Documents) -> tuple[Coverage, ...]:
    """Return what each criterion of a plan's documents is about."""
    blueprint = load_blueprint()
    features = blueprint.chosen(features_of(documents.specs, documents.task_plan, blueprint))
    behaviours = behaviours_of(documents.task_plan, documents.requirements)
    return cover(documents.requirements, documents.specs, behaviours, features)


def assumptions_about(documents: Documents, subject: str) -> tuple[str, ...]:
    """Return the assumptions that name an entity."""
    spelled = re.compile(rf"\b{re.escape(words(subject))}s?\b", re.IGNORECASE) if subject else None
    return tuple(one for one in documents.requirements.assumptions if spelled and spelled.search(one))


def of_field(assumptions: Sequence[str], entity: Entity, field: EntityField | None) -> tuple[str, ...]:
    """Return what was assumed of an entity without what speaks only of other fields than the one asked about."""
    if field is None:
        return tuple(assumptions)
    told = [
        (one, {other.name for other in entity.fields if other.is_given and speaks_of(one, other)})
        for one in assumptions
    ]
    own = tuple(one for one, named in told if field.name in named)
    return own or tuple(one for one, named in told if not named)


def speaks_of(sentence: str, field: EntityField) -> bool:
    """Tell whether a sentence has the words of a field: "due on" for ``due_on``, "members" for ``member_id``."""
    name = words(field.name.removesuffix("_id"))
    return re.search(rf"\b{re.escape(name)}s?\b", sentence, re.IGNORECASE) is not None
