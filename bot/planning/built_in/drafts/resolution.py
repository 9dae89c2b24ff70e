"""Makes links concrete: fields that name an entity, and settled links, become foreign keys or records."""

from __future__ import annotations

import re

from bot.documents.entities.entity_specs import EntityField
from bot.documents.naming import snake_case
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft, FieldDraft, Link, LinkKind, Said
from bot.planning.built_in.drafts.field_senses import settle_senses
from bot.planning.built_in.drafts.joining import join_same
from bot.planning.built_in.drafts.persons import is_called_like_people
from bot.planning.built_in.drafts.purposes import forget_purpose, record_for
from bot.planning.built_in.drafts.role_links import is_people, link_roles
from bot.planning.built_in.drafts.told_roles import take_roles
from bot.planning.built_in.words.field_kinds import typed
from bot.planning.built_in.words.vocabulary import EVENT_FIELDS, RECORD, a, entity_name, has_plural, spoken, word_set

PLAIN_NOUNS = word_set(
    "name title description number code type place person reason phone address note comment label category text "
    "file photo picture image kind group size colour color brand model location contact document"
)
"""What a text is often called: no other word for a thing whose name ends with it."""
FAMILIES = (
    frozenset({"loan", "rental", "hire", "lease", "lending", "borrowing", "checkout"}),
    frozenset({"booking", "reservation", "appointment"}),
    frozenset({"order", "purchase", "sale"}),
    frozenset({"enrolment", "enrollment", "registration", "participation", "sign up", "signup", "membership"}),
)
"""Records of one kind of event under several names."""
WRITTEN = word_set("comment message reply remark note answer")
"""What is a text before anything else."""
CALLED = word_set("name nickname surname title initials pseudonym alias callsign handle username login email mail")
"""What the fields are called by which people are told apart."""
NAMELESS = regex(
    r"\b(?:anonym\w*|nameless|pseudonym\w*|(?:no|without(?: an?)?|not by|never by|not the(?:ir)?) names?)\b",
    re.IGNORECASE,
)
FACTS = word_set("number date time name amount price code")
"""What longer names of fields end with, whichever thing is called so: a phone number is none of the numbers."""
NAME = EntityField(name="name", type=typed("str"))
__all__ = [
    "FAMILIES",
    "GATHERED",
    "WRITTEN",
    "add_record",
    "add_reference",
    "dates_of",
    "give_names",
    "give_texts",
    "is_described",
    "may_hold_several",
    "name_both",
    "record_named",
    "resolve",
]


def resolve(draft: Draft) -> None:
    """Turn everything that is certain by now into foreign keys and records; what is open stays a link."""
    join_same(draft)
    take_roles(draft)
    unite(draft)
    for entity in list(draft.entities.values()):
        for name in list(entity.fields):
            name_entity(draft, entity, name)
    link_roles(draft)
    pair_up(draft)
    for link in draft.links:
        if not link.is_settled:
            settle_certain(draft, link)
    for record, target in draft.ones:
        make_single(draft, record, target)
    give_dates(draft)
    settle_senses(draft)


def make_single(draft: Draft, record: str, target: str) -> None:
    """Let each row of a thing be named by one record at most."""
    for name, field in draft.entities[record].fields.items() if record in draft.entities else ():
        if field.field.foreign_key == target:
            draft.entities[record].fields[name].field = field.field.model_copy(update={"unique": True})


def unite(draft: Draft) -> None:
    """Make one thing of "measuring station" and "station", where only one of them was described."""
    for name in list(draft.entities):
        entity = draft.entities.get(name)
        if entity is None or entity.is_pasted or (is_described(entity) and not has_only_status(draft, entity)):
            continue
        purpose = record_for(draft, entity) if has_only_status(draft, entity) else ""
        other = ("" if entity.is_listed else longer_name(draft, name)) or purpose or shorter_name(draft, name)
        if is_described(entity) and STATUS in draft.entities.get(other, entity).fields:
            continue
        if not other or (draft.has_link(name, other) and not purpose):
            continue
        if purpose:
            forget_purpose(draft, name, other)
        is_name = entity.is_listed and not draft.entities[other].is_listed and name != f"{other}{RECORD}"
        take_in(draft, *((other, name) if is_name else (name, other)))


def take_in(draft: Draft, name: str, other: str) -> None:
    """Let one thing go by another's name, with its links and what it is named by."""
    taken, stays = draft.entities.pop(name), draft.entities[other]
    kept = {key: one for key, one in stays.fields.items() if one.field.foreign_key != name}
    stays.fields = kept | {key: one for key, one in taken.fields.items() if one.field.foreign_key != other}
    stays.rules += tuple(rule for rule in taken.rules if rule not in stays.rules)
    for steps in draft.steps:
        steps.entity = other if steps.entity == name else steps.entity
    stays.is_settled |= taken.is_settled or is_described(stays)
    draft.point_to(name, other)
    draft.other_words[name] = other
    draft.assume(f"“{spoken(name)}” means the {spoken(other)}")


def is_described(entity: EntityDraft) -> bool:
    """Tell whether an entity has fields of its own."""
    return any(not field.field.foreign_key for field in entity.fields.values())


def has_only_status(draft: Draft, entity: EntityDraft) -> bool:
    """Tell whether all that is told of a thing is how it is: "a trip is planned, confirmed or cancelled"."""
    own = [field for field in entity.fields.values() if not field.field.foreign_key]
    return [field.field.name for field in own] == [STATUS] and bool(draft.values_of(own[0]))


def longer_name(draft: Draft, short: str) -> str:
    """Return the only described entity whose name ends with another's, or nothing."""
    found = [
        name
        for name, entity in draft.entities.items()
        if name != short and name.endswith(short) and is_described(entity) and not draft.references(name, short)
    ]
    return found[0] if len(found) == 1 else ""


def shorter_name(draft: Draft, long: str) -> str:
    """Return the described entity that a longer name ends with, where no other ends with it: rooms, meeting rooms.

    Two things that were listed beside each other are two.
    """
    words = spoken(long).split()
    if words[1:] == ["record"] and (whose := long.removesuffix(RECORD)) in draft.entities:
        return whose if is_described(draft.entities[whose]) and not draft.references(long, whose) else ""
    tails = ["".join(word.capitalize() for word in words[start:]) for start in range(1, len(words))]
    short = next((name for name in tails if name in draft.entities and is_described(draft.entities[name])), "")
    if not short or (draft.entities[short].is_listed and draft.entities[long].is_listed):
        return ""
    alike = [name for name in draft.entities if name not in {short, long} and name.endswith(short)]
    return "" if alike or draft.entities[short].is_pasted or draft.references(long, short) else short


def entity_called(draft: Draft, words: tuple[str, ...], *, is_text: bool) -> str:
    """Return the entity that a field's words name: by its name, a shorter one, or the only one it is the head of."""
    for start in range(len(words)):
        name = entity_name(" ".join(words[start:]))
        name = draft.other_words.get(name, name)
        if name in draft.entities:
            return name
    name = entity_name(" ".join(words))
    longer = longer_name(draft, name) if name and is_text and len(words) == 1 and words[0] not in PLAIN_NOUNS else ""
    if longer:
        draft.assume(f"“{words[0]}” means the {spoken(longer)}")
    return longer


STATUS = "status"
ASKED = word_set("who what where why how when whether")
COUNTED = word_set("max min maximum minimum total number count amount")
"""What begins the name of a number, though things are called like its last word: "max participants"."""


def name_entity(draft: Draft, entity: EntityDraft, name: str) -> None:
    """Turn a field that is called like an entity into a reference, or into a link where it is a plural."""
    field = entity.fields[name]
    if not field.words or field.values or field.field.foreign_key or field.field.type.name not in {"str", "int"}:
        return
    if field.words[0] in ASKED or field.words[0] in COUNTED:
        return
    target = entity_called(draft, field.words, is_text=field.guessed_text)
    if not target or (target == entity.name and len(field.words) == 1):
        return
    if len(field.words) > 1 and spoken(target) in FACTS:
        return
    if has_plural(field.words[-1]):
        del entity.fields[name]
        is_limited = field.field.minimum is not None or field.field.maximum is not None
        if is_limited and not any(piece.startswith(field.said.quote) for piece in draft.unread):
            draft.keep_open(f"{field.said.quote} (how many there are is not checked)")
        draft.links.append(Link(entity.name, "have", target, LinkKind.HAS_MANY, field.said))
        return
    reference = EntityField(
        name=f"{name}_id",
        type=typed("int"),
        foreign_key=target,
        optional=field.field.optional,
        unique=field.field.unique,
    )
    replaced = {key: value for key, value in entity.fields.items() if key != name}
    position = list(entity.fields).index(name)
    items = list(replaced.items())
    items.insert(position, (reference.name, FieldDraft(reference, field.said)))
    entity.fields = dict(items)


def pair_up(draft: Draft) -> None:
    """Settle "has many" where the other direction was said as well."""
    for link in draft.links:
        if link.is_settled or link.kind is not LinkKind.HAS_MANY:
            continue
        for other in draft.links:
            if other is link or other.is_settled:
                continue
            if other.kind is LinkKind.HAS_MANY and (other.subject, other.object) == (link.object, link.subject):
                link.kind, other.is_settled = LinkKind.MANY, True
            elif other.names_one(link.object, link.subject):
                link.is_settled = True
            elif other.kind is LinkKind.EVENT and {other.subject, other.object} == {link.subject, link.object}:
                link.is_settled = True
                if not other.noun and other.subject == link.object:
                    other.share(link.said.quote)
        if not link.is_settled and link.kind is LinkKind.HAS_MANY and draft.references(link.object, link.subject):
            link.is_settled = True


def settle_certain(draft: Draft, link: Link) -> None:
    """Settle a link whose meaning is certain."""
    subject, object_ = spoken(link.subject), spoken(link.object)
    if link.kind is LinkKind.BELONGS:
        is_second = link.verb == "assign" and draft.references(link.subject, link.object)
        role = "assignee_id" if is_second and is_people(draft.entities[link.object]) else ""
        add_reference(draft, link.subject, link.object, link.said, optional=link.optional, name=role)
        draft.decide(f"Each {subject} names one {object_}: “{link.said.quote}” ({link.said.author})")
    elif link.kind is LinkKind.OWNS:
        add_reference(draft, link.object, link.subject, link.said, optional=False)
        draft.decide(f"Each {object_} names one {subject}: “{link.said.quote}” ({link.said.author})")
        if link.subject_is_plural or link.verb not in {"own", "have"}:
            draft.assume(f"Each {object_} has one {subject}, not several")
    elif link.kind is LinkKind.MANY:
        add_record(draft, link, f"{link.subject}{link.object}", ())
        draft.decide(f"{subject} and {object_} are joined many to many: “{link.said.quote}” ({link.said.author})")
    elif link.kind is LinkKind.EVENT and link.noun and (record := record_named(draft, link)) in draft.entities:
        if record in {link.subject, link.object} or may_hold_several(draft, link):
            return
        name_both(draft, link, record)
    elif link.kind is LinkKind.EVENT and link.noun in WRITTEN:
        add_record(draft, link, record_named(draft, link), ())
        draft.decide(
            f"{a(link.noun).capitalize()} is written by {a(subject)}: “{link.said.quote}” ({link.said.author})"
        )
    else:
        return
    link.is_settled = True


def name_both(draft: Draft, link: Link, record: str) -> None:
    """Let a record that was told of name both ends of a link."""
    if draft.has_link(record, link.object):
        add_reference(draft, record, link.subject, link.said, optional=False)
    else:
        add_record(draft, link, record, ())
    names = f"{a(spoken(record)).capitalize()} names {a(spoken(link.subject))} and {a(spoken(link.object))}"
    draft.decide(f"{names}: “{link.said.quote}” ({link.said.author})")


def may_hold_several(draft: Draft, link: Link) -> bool:
    """Tell whether a record that was told of may hold several things, as an order does, and nothing says that."""
    record = draft.entities.get(record_named(draft, link))
    if record is None or link.noun not in GATHERED or not link.object_is_many or record.is_pasted:
        return False
    is_told = draft.has_link(record.name, link.object) or draft.references(record.name, link.object)
    counts = any(name.rpartition("_")[2] in AMOUNTS or name.startswith("number_of_") for name in record.fields)
    return not is_told and not draft.references(link.object, record.name) and not counts


def record_named(draft: Draft, link: Link) -> str:
    """Return the record that an event's noun names; else the only described one of its kind."""
    name = entity_name(link.noun)
    if name in draft.entities:
        return name
    family = next((family for family in FAMILIES if link.noun in family), frozenset())
    called = [
        one for one in family if (other := entity_name(one)) in draft.entities and is_described(draft.entities[other])
    ]
    return entity_name(called[0]) if len(called) == 1 else name


def add_reference(draft: Draft, source: str, target: str, said: Said, *, optional: bool, name: str = "") -> None:
    """Add a foreign key to an entity, unless it has one to that target already."""
    if not name and draft.references(source, target):
        return
    stem = f"parent_{snake_case(target)}" if source == target else snake_case(target)
    name = name or f"{stem}_id"
    field = EntityField(name=name, type=typed("int"), foreign_key=target, optional=optional or source == target)
    draft.entities[source].fields[name] = FieldDraft(field, said)
    draft.entities[source].is_settled = True


def add_record(draft: Draft, link: Link, name: str, dates: tuple[tuple[str, bool], ...]) -> None:
    """Add the record that joins two entities, with its dates (name, may be empty)."""
    record = draft.entity(name, link.said)
    add_reference(draft, name, link.subject, link.said, optional=False)
    second = f"other_{snake_case(link.object)}_id" if link.subject == link.object else ""
    add_reference(draft, name, link.object, link.said, optional=False, name=second)
    for field, optional in dates:
        record.fields.setdefault(
            field, FieldDraft(EntityField(name=field, type=typed("datetime"), optional=optional), link.said)
        )
    record.is_settled = True


GATHERED = frozenset({"order", "purchase"})
"""Records that hold several things at once, where several are spoken of."""
AMOUNTS = word_set("quantity amount count pieces")
"""How many of a thing a record is about: it is about one kind of thing then."""
MEETINGS = word_set("appointment session consultation")
"""What people meet for at a time of its own."""
WHEN = word_set("date day time weekday week month year hour when starts start period slot")


def dates_of(noun: str) -> tuple[tuple[str, bool], ...]:
    """Return the dates of an event's record."""
    return EVENT_FIELDS.get(noun, (("happened_at", False),))


def give_dates(draft: Draft) -> None:
    """Give records that nobody told the dates of those of their kind, now that all was read: a loan, a booked visit."""
    met = [(name, entity.noun) for name, entity in draft.entities.items() if is_met_undated(draft, entity)]
    for name, noun in [*draft.undated, *met]:
        record = draft.entities.get(draft.other_words.get(name, name))
        if record is None or any(one.field.type.name in {"date", "datetime", "time"} for one in record.fields.values()):
            continue
        dates = dates_of(noun) if noun in EVENT_FIELDS else (("starts_at", False),)
        record.fields |= {
            one: FieldDraft(
                EntityField(name=one, type=typed("datetime"), optional=optional), record.said, type_said=True
            )
            for one, optional in dates
        }
        record.is_settled = True
        draft.assume(f"{a(record.noun).capitalize()} has {', '.join(one for one, _ in dates)}: nobody said when it is")
    draft.undated.clear()


def is_met_undated(draft: Draft, entity: EntityDraft) -> bool:
    """Tell whether a thing is an appointment or a session of somebody, of which nothing says when it is."""
    fields = entity.fields.values()
    if entity.noun.rpartition(" ")[2] not in MEETINGS or entity.is_pasted or entity.noun in EVENT_FIELDS:
        return False
    is_timed = any(set(one.field.name.split("_")) & WHEN or one.field.type.name == "time" for one in fields)
    ends = [draft.entities.get(one.field.foreign_key or "") for one in fields]
    has_dated_end = any(dated(end) for end in ends if end is not None and not is_called_like_people(end))
    return any(ends) and not (is_timed or dated(entity) or has_dated_end)


def dated(entity: EntityDraft) -> bool:
    """Tell whether an entity has a date of its own, or a date and time."""
    return any(one.field.type.name in {"date", "datetime"} for one in entity.fields.values())


def give_texts(draft: Draft) -> None:
    """Give comments and messages of which only the links were told their text, which is all that they are."""
    for entity in draft.entities.values():
        is_written = entity.noun.rpartition(" ")[2] in WRITTEN and not entity.is_pasted
        if is_written and len(entity.fields) > 1 and all(field.field.foreign_key for field in entity.fields.values()):
            text = FieldDraft(EntityField(name="text", type=typed("str")), entity.said, ("text",))
            entity.fields = {"text": text} | entity.fields
            entity.is_settled = True
            draft.assume(f"{a(entity.noun).capitalize()} has a text; nobody said what else is kept")


def give_names(draft: Draft) -> None:
    """Give people of whom only other facts were told the name that everybody has, unless nobody is to know it."""
    if any(NAMELESS.search(text) for text in draft.said):
        return
    for entity in draft.entities.values():
        if entity.is_pasted or entity.account or not is_described(entity) or not is_called_like_people(entity):
            continue
        if not any(is_called(field) for field in entity.fields.values()):
            entity.fields = {"name": FieldDraft(NAME, entity.said, ("name",))} | entity.fields
            draft.assume(f"{a(entity.noun).capitalize()} has a name, as people do; nobody said so")


def is_called(field: FieldDraft) -> bool:
    """Tell whether a field tells people apart by what they are called."""
    return field.field.type.name == "EmailStr" or field.field.name.rpartition("_")[2] in CALLED
