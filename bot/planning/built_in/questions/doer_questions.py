"""Questions about who did what is recorded: "someone does an inspection" may mean that the record names somebody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.entities.entity_specs import EntityField
from bot.documents.naming import joined
from bot.planning.built_in.drafts.draft import Doer, Draft, EntityDraft, FieldDraft
from bot.planning.built_in.drafts.persons import is_person
from bot.planning.built_in.drafts.resolution import add_reference
from bot.planning.built_in.questions.answers import OpenPoint, chosen, note, yes_or_no
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import a, words_of
from bot.planning.conversation import Question

__all__ = ["doers_open"]


def doers_open(draft: Draft) -> Iterator[OpenPoint]:
    """Ask who is kept with records that "someone" makes."""
    for doer in draft.doers:
        record = draft.entities.get(doer.entity)
        if record and not any(is_person(draft.entities[name]) for name in referenced(draft, record)):
            yield doer_point(draft, doer)


def referenced(draft: Draft, record: EntityDraft) -> list[str]:
    """Return the entities that a record names already."""
    keys = [field.field.foreign_key or "" for field in record.fields.values()]
    return [name for name in keys if name in draft.entities]


def doer_point(draft: Draft, doer: Doer) -> OpenPoint:
    """Ask whether a record names who did it, and which kind of person that is."""
    record = draft.entities[doer.entity]
    people = [entity for entity in draft.entities.values() if entity.name != doer.entity and is_person(entity)]
    named = {f"Yes, it names {a(entity.noun)}": entity for entity in people}
    as_text = "Yes, as a plain text"
    options = ("No, leave it out", *(named or [as_text]))
    nouns = f" (such as {joined([a(entity.noun) for entity in people], 'or')})" if people else ""
    question = Question(
        id=f"doer:{doer.entity}".lower(),
        text=f"“{doer.said.quote}”: should each {record.noun} keep who that was{nouns}?",
        reason="It was not among the things to note; without it nobody can tell later.",
        options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        draft.doers = [one for one in draft.doers if one is not doer]
        option, answer = chosen(text, options), yes_or_no(text)
        said = " ".join(words_of(text))
        meant = named.get(option) or next((each for each in people if each.noun in said), None)
        is_no = option == options[0] or answer is False
        if is_no or not (option or answer or meant):
            sentence = f"{a(record.noun).capitalize()} does not keep who did it"
            note(draft, sentence, text, author, is_answered=is_no)
            return
        person = meant or (people[0] if len(people) == 1 else None)
        if person is None:
            field = EntityField(name="done_by", type=typed("str"))
            record.fields[field.name] = FieldDraft(field, doer.said, ("done", "by"))
            draft.decide(f"{a(record.noun).capitalize()} keeps who did it as a text ({author})")
            return
        add_reference(draft, record.name, person.name, doer.said, optional=False)
        draft.decide(f"Each {record.noun} names the {person.noun} who did it ({author})")

    return OpenPoint("how they are linked", question, settle)
