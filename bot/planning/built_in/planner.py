"""The built-in planner: plain code, no model, no network. It reads simple sentences and asks about everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.documents.clipping import clip_words
from bot.documents.naming import joined, plural, snake_case
from bot.planning.built_in.changes.early_changes import (
    asks_for_change,
    denied_things,
    early_changes,
    is_taken_already,
    without_changes,
    without_changes_of,
    without_first_changes,
)
from bot.planning.built_in.changes.later_fields import without_invented_values
from bot.planning.built_in.changes.reading import ChangeReader
from bot.planning.built_in.changes.requirement_changes import ShownRequirement, requirements_shown
from bot.planning.built_in.drafts.assembly import assemble, describe
from bot.planning.built_in.drafts.circles import open_circles
from bot.planning.built_in.drafts.draft import Draft
from bot.planning.built_in.drafts.resolution import give_names, give_texts, resolve
from bot.planning.built_in.drafts.told_roles import leave_roles
from bot.planning.built_in.phrases.denied_nouns import denied_nouns
from bot.planning.built_in.phrases.naming import is_named
from bot.planning.built_in.phrases.titles import title_of_words
from bot.planning.built_in.questions.answer_parts import parted, read_more
from bot.planning.built_in.questions.answers import OpenPoint
from bot.planning.built_in.questions.asked_again import answer_to, asked_again, says_nothing_to
from bot.planning.built_in.questions.descriptions import settle_descriptions
from bot.planning.built_in.questions.leaving_out import leave_out_said
from bot.planning.built_in.questions.left_words import content_of, speaks_of_gone, still_left
from bot.planning.built_in.questions.open_points import askable, open_points
from bot.planning.built_in.questions.purpose import take_purpose
from bot.planning.built_in.questions.rewordings import offer_rewordings, take_rewordings
from bot.planning.built_in.questions.unread_pieces import UNREAD, of_what_stays
from bot.planning.built_in.readers.last_resort import name_things
from bot.planning.built_in.readers.pasted_models import take_pasted, without_pasted
from bot.planning.built_in.readers.pasted_requirements import leave_refusals, not_covered, read_told
from bot.planning.built_in.readers.sentence_reader import SentenceReader
from bot.planning.built_in.rules.built_tasks import take_built
from bot.planning.built_in.rules.open_tasks import open_tasks, settle_orders
from bot.planning.built_in.rules.owned_things import link_owned
from bot.planning.built_in.rules.period_rules import add_records, give_periods
from bot.planning.built_in.rules.raised_owners import raise_owners
from bot.planning.built_in.rules.ration_rules import settle_rations
from bot.planning.built_in.rules.rule_settling import leave_rules, settle_rules
from bot.planning.built_in.rules.state_words import settle_states
from bot.planning.built_in.rules.status_rules import settle_statuses
from bot.planning.built_in.rules.steps_settling import settle_steps
from bot.planning.built_in.words.as_said import with_quotes_as_said
from bot.planning.built_in.words.chat_text import without_mentions, without_specs
from bot.planning.built_in.words.commands import without_commands
from bot.planning.built_in.words.everyday_things import everyday_things
from bot.planning.built_in.words.languages import other_language
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.trades import WHO_WE_ARE, is_circle, is_name
from bot.planning.built_in.words.vocabulary import singular, spoken, words_of
from bot.planning.conversation import (
    Answer,
    Conversation,
    CustomBehaviour,
    Interview,
    Message,
    PlannerError,
    Proposal,
    Question,
    Slot,
)
from bot.planning.edited_entities import as_told, told_conversation, with_edited

__all__ = ["BuiltInPlanner"]

SLOTS = (
    "what it is called",
    "the things it manages",
    "what each thing holds",
    "how they are linked",
    "which values they take",
    "what must be unique",
    "who uses it",
)
WHAT_ELSE = "what else it does"
"""What must be known only where something could not be read."""
MOST_QUESTIONS = 3
LONGEST_QUOTE = 2000


@dataclass
class Reading:
    """A draft with everything said and answered in it, and the points that are open."""

    draft: Draft
    points: list[OpenPoint] = field(default_factory=list)


class BuiltInPlanner:
    """Implements `bot.planning.conversation.Planner` by reading sentences; the same words give the same proposal."""

    name = "built-in planner"

    async def interview(self, conversation: Conversation) -> Interview:
        """Return what is known and at most three questions."""
        reading = read_conversation(conversation, settles=False)
        points = reading.points
        if any(point.question.id == UNREAD for point in points):
            settled = read_conversation(conversation, settles=True).draft
            points = of_what_stays(points, reading.draft, settled, conversation)
        said = texts_of(conversation)
        open_slots = {point.slot for point in points}
        if "the things it manages" in open_slots:
            open_slots = set(SLOTS[1:]) | ({SLOTS[0]} if not reading.draft.title else set())
        is_asked = reading.draft.is_unread_asked or WHAT_ELSE in open_slots
        slots = (*SLOTS, WHAT_ELSE) if is_asked else SLOTS
        asked = list({point.question.id: point.question for point in askable(points)}.values())
        return Interview(
            title=title_of(reading.draft),
            slots=tuple(Slot(name=name, known=name not in open_slots) for name in slots),
            questions=tuple(as_asked(question, said) for question in asked[:MOST_QUESTIONS]),
        )

    async def propose(self, conversation: Conversation) -> Proposal:
        """Return the proposal; questions nobody answered get their default, noted as an assumption.

        Raises PlannerError where nothing that was said names a thing to manage.
        """
        draft = read_conversation(conversation, settles=True).draft
        if not draft.entities:
            quoted = f" I could not read “{draft.unread[0]}”." if draft.unread else ""
            raise PlannerError(
                f"I don't know yet which things to manage.{quoted} Name them with their fields, such as "
                "“books with a title and a price”."
            )
        said = told_conversation(conversation)
        offer_rewordings(draft, said)
        leave_refusals(draft)
        open_circles(draft)
        texts = texts_of(said)
        tasks, unread = open_tasks(draft, texts)
        specs = assemble(draft)
        proposal = Proposal(
            title=title_of(draft),
            introduction=introduction(draft, conversation),
            specs=specs,
            decisions=tuple(with_quotes_as_said(one, texts) for one in draft.decisions),
            assumptions=tuple(with_quotes_as_said(one, texts) for one in draft.assumptions),
            custom=tuple(details_as_said(task, texts) for task in tasks),
            unread=(
                *still_left(draft, said, unread),
                *draft.not_built,
                *not_covered(draft, specs, title_of(draft)),
            ),
            features=conversation.earlier.proposal.features if conversation.earlier else (),
        )
        return with_edited(without_invented_values(proposal, conversation), conversation.changes)


def read_conversation(conversation: Conversation, *, settles: bool) -> Reading:
    """Read messages, answers and changes, in this order. ``settles``: open points get their defaults.

    Changes were said about a proposal, in which every open point had its default already.
    """
    known = frozenset(read_messages(conversation.messages, frozenset()).entities)
    draft = read_messages(conversation.messages, known)
    take_rewordings(draft, Conversation(messages=conversation.messages))
    answers = {one.question.id: one for one in conversation.answers if not asks_for_change(one.text)}
    if taken_back := [*early_changes(conversation, draft), *denied_things(conversation, draft)]:
        apply_answers(draft, answers, settles=False)
        take_back_early(draft, taken_back)
        say_again(draft, conversation)
    points = apply_answers(draft, answers, settles=settles or bool(conversation.changes))
    draft.remember_names()
    settle_rules(draft)
    changes = ChangeReader(draft, partial(first_requirements, conversation))
    for change in conversation.changes:
        changes.read(change)
        raise_owners(draft)
        resolve(draft)
        link_owned(draft)
        points = apply_answers(draft, answers, settles=settles or change is not conversation.changes[-1])
        settle_rules(draft)
    leave_roles(draft)
    if not points and give_periods(draft):
        settle_rules(draft)
    if not points and leave_rules(draft):
        points = apply_answers(draft, answers, settles=settles)
        settle_rules(draft)
        leave_rules(draft)
    settle_orders(draft)
    said = told_conversation(conversation)
    settle_statuses(draft, partial(author_of, said))
    settle_rations(draft)
    take_built(draft)
    take_rewordings(draft, said)
    return Reading(draft, points)


def author_of(conversation: Conversation, piece: str) -> str:
    """Return who said a piece last, or nothing where it stands in no message as it is."""
    said = [*conversation.changes[::-1], *conversation.messages[::-1]]
    return next((one.author for one in said if piece.casefold() in " ".join(one.text.split()).casefold()), "")


def first_requirements(conversation: Conversation) -> tuple[ShownRequirement, ...]:
    """Return what the requirements of the first review were about, before any change."""
    before = conversation.model_copy(update={"changes": ()})
    return requirements_shown(read_conversation(before, settles=True).draft, texts_of(before))


def take_back_early(draft: Draft, changes: list[Message]) -> None:
    """Apply what people took back before there was a review: nobody has seen the old names yet."""
    reader = ChangeReader(draft)
    for change in changes:
        if not is_taken_already(draft, change.text):
            reader.read(change)
            resolve(draft)
    draft.unread[:] = [piece for piece in draft.unread if not speaks_of_gone(draft, piece)]


def say_again(draft: Draft, conversation: Conversation) -> None:
    """Read again what later messages say of things that were taken back before: saying it again takes it in again."""
    for number, message in enumerate(conversation.messages):
        nouns = [noun for noun in draft.gone if number and takes_back(conversation.messages[1:number], noun)]
        for sentence in sentences_of(message.text) if nouns else ():
            words = {singular(word) for word in words_of(sentence)}
            if not asks_for_change(sentence) and any(set(noun.split()) <= words for noun in nouns):
                SentenceReader(draft, frozenset(draft.entities)).read(sentence, message.author)
    resolve(draft)


def takes_back(messages: Sequence[Message], noun: str) -> bool:
    """Tell whether one of some messages takes a thing back."""
    sentences = [sentence for message in messages for sentence in sentences_of(message.text)]
    spoken_of = [
        {singular(word) for word in words_of(one)} for one in sentences if asks_for_change(one) or denied_nouns(one)
    ]
    return any(set(noun.split()) <= words for words in spoken_of)


def read_messages(messages: tuple[Message, ...], known: frozenset[str]) -> Draft:
    """Read the messages into a new draft."""
    draft = Draft()
    draft.said = tuple(message.text for message in messages)
    reader = SentenceReader(draft, known | everyday_things(draft.said))
    draft.first_words = next(filter(None, (title_of_words(message.text) for message in messages)), "")
    for number, message in enumerate(messages):
        said = leave_out_said(draft, message.text, message.author) if number else message.text
        said = without_commands(without_changes(said) if number else said)
        text = take_pasted(draft, said, message.author)
        text = text if number else without_first_changes(text)
        if language := other_language(text):
            draft.language = language
            text = reader.shorthand_in(text, message.author)
        reader.read(text, message.author, may_name_title=number == 0)
    read_told(draft)
    name_things(draft, messages[0].author if messages else "")
    settle_descriptions(draft)
    settle_steps(draft, is_early=True)
    settle_states(draft, draft.said, messages[0].author if messages else "")
    for entity in draft.entities.values():
        if entity.fields and not entity.is_pasted:
            draft.decide(f"{describe(entity)} ({entity.said.author})")
    raise_owners(draft)
    resolve(draft)
    leave_roles(draft)
    add_records(draft)
    link_owned(draft)
    give_texts(draft)
    give_names(draft)
    take_purpose(draft)
    return draft


def apply_answers(draft: Draft, answers: dict[str, Answer], *, settles: bool) -> list[OpenPoint]:
    """Settle the points that were answered, until no answer is left; return what is still open."""
    tries = 0
    done: set[str] = set()
    again: dict[str, OpenPoint] = {}
    while True:
        points = [point for point in open_points(draft, tries) if point.question.id not in done]
        waiting = [point for point in points if point.question.id not in again]
        answered = next((point for point in waiting if answer_to(point, answers)), None)
        default = next((point for point in askable(points) if settles and not point.is_needed), None)
        point = answered or default
        if point is None:
            return [again.get(point.question.id, point) for point in points]
        answer = answer_to(point, answers)
        points_of = partial(open_points, tries=tries)
        text, more = parted(point, answer.text.strip(), draft, points_of) if answer else ("", "")
        if answer and not settles and not more and says_nothing_to(point, answers, draft, points_of):
            again[point.question.id] = asked_again(point, answer)
            continue
        done.add(point.question.id)
        tries += point.is_needed
        author = answer.author if answer else ""
        point.settle(text, author)
        resolve(draft)
        if more:
            read_more(draft, without_changes_of(answer.text if answer else "", more), author)
        raise_owners(draft)
        resolve(draft)


def texts_of(conversation: Conversation) -> list[str]:
    """Return everything that people said, in their words."""
    said = [one.text for one in (*conversation.messages, *conversation.changes)]
    return [*said, *(one.text for one in conversation.answers)]


def as_asked(question: Question, texts: Sequence[str]) -> Question:
    """Return a question whose quotes are what somebody wrote."""
    return question.model_copy(update={"text": with_quotes_as_said(question.text, texts)})


def details_as_said(task: CustomBehaviour, texts: Sequence[str]) -> CustomBehaviour:
    """Return a task whose details quote what somebody wrote."""
    return task.model_copy(update={"details": tuple(with_quotes_as_said(one, texts) for one in task.details)})


def title_of(draft: Draft) -> str:
    """Return a short title: as said, else what people say that they are, else from the first things."""
    if draft.title and (not is_circle(draft.title) or any(is_named(note, draft.title) for note in draft.decisions)):
        return draft.title
    if draft.said and WHO_WE_ARE.match(without_commands(draft.said[0])[:LONGEST_QUOTE]) and is_name(draft.first_words):
        return draft.first_words
    nouns = [spoken(plural(snake_case(entity.name))) for entity in draft.entities.values()][:2]
    return joined(nouns).capitalize() or draft.title or draft.first_words or "New service"


def how_asked(asked: str, draft: Draft, conversation: Conversation) -> str:
    """Return the first words as what the whole was asked for with, and say where some were taken back since."""
    names = [spoken(entity.name) for entity in draft.entities.values()]
    names += [spoken(name) for entity in draft.entities.values() for name in entity.fields]
    there = content_of(" ".join(names))
    later = [*conversation.messages[1:], *(one.as_message() for one in conversation.answers), *conversation.changes]
    sentences = [one for message in later for one in sentences_of(as_told(message.text)) if asks_for_change(one)]
    gone = content_of(" ".join(sentences)) & content_of(asked) - there
    if gone:
        return f"The first words for it were: “{asked}” Some of that was taken back or changed since."
    return f"It was asked for in these words: “{asked}”"


def introduction(draft: Draft, conversation: Conversation) -> str:
    """Return one paragraph: what the service keeps, and the words it was asked for with."""
    things = joined([spoken(plural(snake_case(entity.name))) for entity in draft.entities.values()])
    first = conversation.messages[0] if conversation.messages else None
    said = without_mentions(without_pasted(without_specs(first.text)[0])) if first else ""
    asked = clip_words(" ".join(said.split()), LONGEST_QUOTE)
    words = f" {how_asked(asked, draft, conversation)}" if first and asked else ""
    return f"{title_of(draft)} keeps {things}.{words}"
