"""Questions about links that may mean several things: a record with dates, a reference, or many to many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.documents.naming import joined
from bot.planning.built_in.drafts.draft import Draft, Link, LinkKind, Said
from bot.planning.built_in.drafts.plain_facts import add_fact, is_told_of, make_fact
from bot.planning.built_in.drafts.resolution import add_record, add_reference, dates_of, may_hold_several
from bot.planning.built_in.phrases.denials import denies_link, is_called, means_neither
from bot.planning.built_in.phrases.plain_facts import PlainFact, is_counted, read_plain_answer
from bot.planning.built_in.phrases.told_denials import counted_in
from bot.planning.built_in.questions.answers import OpenPoint, chosen, note, plural_of, reader_of, yes_or_no
from bot.planning.built_in.questions.choices_in_own_words import (
    LinkChoice,
    RecordTold,
    is_optional,
    link_chosen,
    one_or_several,
    record_told,
)
from bot.planning.built_in.questions.denied_things import take_denial
from bot.planning.built_in.questions.order_lines import add_lines, lines_meant, lines_option, lines_point
from bot.planning.built_in.words.deed_nouns import is_person
from bot.planning.built_in.words.doing_verbs import base_of_deed, record_of_deed
from bot.planning.built_in.words.shared_things import is_doer, is_shared
from bot.planning.built_in.words.vocabulary import (
    a,
    entity_name,
    spoken,
    straight,
    word_set,
    words_of,
)
from bot.planning.conversation import Question

__all__ = ["NOT_LINKED", "links_open"]

NOT_LINKED = "They have nothing to do with each other"
NOTHING_OF_IT = "Nothing of it"
WHEN_IT_WAS = (("happened_at", False),)
"""The dates of a record whose deed has none of its own."""

SHARED_VERBS = word_set("like likes love loves favourite favourites favorite favorites know knows recommend recommends")
"""Verbs that many say of the same thing: a plain link would keep one person only."""

BOOKED = frozenset({"booking", "reservation"})
"""Records whose time is that of what is booked, where that has one."""
THERE = r"(?:in|at|round|around|through|across)"
LASTING = word_set("foster guide guard host hang label cover fit tie")
"""Verbs of doing that go on, so that no time of it is told apart."""
LOOKING = word_set("look work aim peer laugh shout yell hand fill bring check turn send take put give pass drop")
"""Verbs whose "at" and "in" name what a deed is done to, and no place."""


def links_open(draft: Draft) -> Iterator[OpenPoint]:
    """Ask about links that may mean several things."""
    for link in draft.links:
        if link.is_settled:
            continue
        if link.kind is LinkKind.EVENT and may_hold_several(draft, link):
            yield lines_point(draft, link)
        elif link.kind is LinkKind.EVENT:
            yield event_point(draft, link)
        elif link.kind is LinkKind.HAS_MANY:
            yield many_point(draft, link)


def event_point(draft: Draft, link: Link) -> OpenPoint:
    """Ask whether "a member borrows books" is a record with dates, or only a link."""
    subject, object_ = spoken(link.subject), spoken(link.object)
    is_mutual = link.subject == link.object and not link.noun
    deed = deed_noun(draft, link)
    noun = own_noun(draft, link) or deed or f"{subject} {link.verb if is_mutual else object_}"
    record = entity_name(noun) or f"{link.subject}{link.object}"
    if record in {link.subject, link.object}:
        record, noun, deed = f"{link.subject}{link.object}", f"{subject} {object_}", ""
    dates = () if deed and is_dated(draft, record) else dates_of(link.noun or deed)
    if link.noun in BOOKED and is_dated(draft, link.object):
        dates = (("booked_at", False),)
    is_known = bool(link.noun) or link.verb in SHARED_VERBS
    is_there = not is_known and happens_there(link)
    names_object = not is_known and not link.object_is_many and (is_there or not is_doer(subject))
    holder, held = (subject, object_) if names_object else (object_, subject)
    may_be_empty = bool(link.noun) and not is_dated(draft, entity_name(holder))
    record_option, link_option, many_option = (
        f"Every {noun if link.noun or deed or is_mutual else 'time'}, also old ones{told_dates(dates)}",
        f"{'At most one' if may_be_empty else 'One'} {held} for each {holder}: a new one replaces the one before",
        f"Several {plural_of(held)} for each {holder}, without dates",
    )
    is_done_again = bool(deed) and is_person(subject) and not (happens_there(link) or is_dated(draft, link.object))
    is_record = (is_known and link.verb != "assigned") or is_done_again
    meanings = (record_option, link_option, many_option) if is_record else (link_option, record_option, many_option)
    is_occasion = link.verb == "assigned" and is_dated(draft, link.subject)
    if link.shared or is_mutual or is_occasion or (is_there and link.object_is_many):
        meanings = (many_option, link_option, record_option)
    lines = lines_option(link)
    options = (*meanings, *filter(None, [lines]), NOTHING_OF_IT)
    rows = {
        lines: f"{noun} 5 of {subject} 1 shows 3 of {object_} 1 and 2 of {object_} 4",
        record_option: f"{subject} 1 with {object_} 5 in May, {subject} 2 with {object_} 5 in June: both are kept",
        link_option: f"{holder} 5 shows {held} 1 now; which {held} it was before is not kept",
        many_option: f"{holder} 5 shows {plural_of(held)} 1 and 2, {holder} 8 shows {held} 1 too; no dates",
        NOTHING_OF_IT: apart_row(subject, object_),
    }
    question = Question(
        id=f"link:{link.verb}:{link.subject}:{link.object}".lower(),
        text=f"“{link.said.quote}”: what do you want to see later?",
        reason=because(link, f"It decides what you can look up: when that was and who, or only the {held} of now."),
        options=options, default=options[0], examples=tuple(rows[option] for option in options),
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        link.is_settled = True
        if chosen(text, options) == NOTHING_OF_IT or (not chosen(text, options) and denies_link(text)):
            take_no_link(draft, link, author)
            return
        if lines and (chosen(text, options) == lines or (not chosen(text, options) and lines_meant(text))):
            add_lines(draft, link, record, dates)
            draft.decide(f"{a(noun).capitalize()} has several {plural_of(object_)}, and how many of each ({author})")
            return
        told = None if chosen(text, options) else record_told(text)
        told = replace(told, facts="") if told and told.facts == listed_dates(dates) else told
        if told and entity_name(told.noun) not in {link.subject, link.object}:
            take_told(draft, link, told, record, Said(author, text))
            return
        own_words = "" if is_other_way(text, holder, held) else text
        option = chosen(text, options) or meant(own_words, (record_option, link_option, many_option), noun)
        if (option or question.default) == link_option:
            source, target = (link.subject, link.object) if names_object else (link.object, link.subject)
            optional = may_be_empty or not option or is_optional(text)
            add_reference(draft, source, target, link.said, optional=optional)
            sentence = f"Each {holder} names {'at most one' if optional else 'one'} {held}, without dates"
            note(draft, sentence, text, author, is_answered=bool(option))
            return
        is_many = (option or question.default) == many_option
        plain = f"{link.subject}{link.object}" if deed else record
        add_record(draft, link, plain if is_many else record, () if is_many else dates)
        kept = f"is kept as {a(noun)}{told_dates(dates)}"
        what = f"shows several {plural_of(held)} for each {holder}" if is_many else kept
        note(draft, f"“{link.said.quote}” {what}", text, author, is_answered=bool(option))

    return OpenPoint("how they are linked", question, settle)


def deed_noun(draft: Draft, link: Link) -> str:
    """Return what one time of a deed that has no usual record is called: "packing"; nothing where no verb gives it.

    Where several things are packed, each has a packing of its own; where several people pack one, each of them has.
    """
    deed = record_of(link)
    alike = [one for one in draft.links if one is not link and deed and deed in {record_of(one), one.noun}]
    if entity_name(deed) in draft.entities or not alike:
        return deed
    return f"{spoken(link.subject if any(one.object == link.object for one in alike) else link.object)} {deed}"


def record_of(link: Link) -> str:
    """Return what the record of a link's deed is called by its verb alone, or nothing."""
    verb = base_of_deed(link.verb)
    is_deed = link.kind is LinkKind.EVENT and not link.noun and verb not in LASTING
    return record_of_deed(verb) if verb and is_deed else ""


def listed_dates(dates: tuple[tuple[str, bool], ...]) -> str:
    """Return the dates of a record as people say them: "lent at, due at and returned at"."""
    return joined([spoken(name) for name, _ in dates])


def told_dates(dates: tuple[tuple[str, bool], ...]) -> str:
    """Return what a record keeps of when it was, behind its name; nothing where it has dates already."""
    return f", with {'its date' if dates == WHEN_IT_WAS else listed_dates(dates)}" if dates else ""


def happens_there(link: Link) -> bool:
    """Tell whether a deed only happens where its object is, so that others are there too: "choirs sing in churches"."""
    nouns = "|".join(re.escape(noun) for noun in (plural_of(spoken(link.object)), spoken(link.object)))
    named = re.search(rf"\b{THERE}\s+(?:(?:an?|the|our|some|several)\s+)?(?:{nouns})\b", link.said.quote, re.IGNORECASE)
    return named is not None and link.verb not in LOOKING


def take_told(draft: Draft, link: Link, told: RecordTold, otherwise: str, said: Said) -> None:
    """Keep a record as an answer tells of it: called so, with these facts; what can't be read of them stays unread."""
    name = entity_name(told.noun) or otherwise
    add_record(draft, link, name, ())
    if told.facts:
        reader_of(draft, said.author).read(f"{a(spoken(name))} has {told.facts}", said.author)
    record = draft.entities[name]
    if all(field.field.foreign_key for field in record.fields.values()):
        add_record(draft, link, name, dates_of(told.noun.rpartition(" ")[2] or link.noun))
    facts = [spoken(key) for key, field in record.fields.items() if not field.field.foreign_key]
    draft.decide(f"“{link.said.quote}” is kept as {a(spoken(name))} with {joined(facts)} ({said.author})")


def is_other_way(text: str, holder: str, held: str) -> bool:
    """Tell whether an answer lets what would be named name the other: "each member has one book"."""
    named = rf"\b(?:each|every|an?|the|any)\s+{re.escape(held)}\s+(?:has|names|belongs|holds|keeps)\b"
    counted = rf"\bone\s+{re.escape(holder)}\s+(?:per|for\s+(?:each|every))\b"
    return holder != held and re.search(f"{named}|{counted}", text, re.IGNORECASE) is not None


def is_dated(draft: Draft, name: str) -> bool:
    """Tell whether a thing has a date: it happens once, and whom it names stays the same."""
    fields = draft.entities[name].fields.values() if name in draft.entities else ()
    return any(one.field.type.name in {"date", "datetime"} for one in fields)


def own_noun(draft: Draft, link: Link) -> str:
    """Return what the record of an event is called: where several things are lent, each has a loan of its own."""
    others = [
        one
        for one in draft.links
        if one.kind is LinkKind.EVENT and one.noun == link.noun and one.subject == link.subject
    ]
    told = draft.entities.get(entity_name(link.noun)) if link.noun else None
    is_one = len({one.object for one in others}) < 2 or (told is not None and is_told_of(told))
    return link.noun if not link.noun or is_one else f"{spoken(link.object)} {link.noun}"


def apart_row(subject: str, object_: str) -> str:
    """Return how rows of two things are kept that aren't linked."""
    return f"{subject} 1 doesn't show {object_} 5, nor the other way round"


def because(link: Link, reason: str) -> str:
    """Return the reason for a question about a link, with the words that speak for several on both sides."""
    return f"“{link.shared}” speaks for several on both sides. {reason}" if link.shared else reason


def meant(text: str, options: tuple[str, ...], noun: str) -> str:
    """Return the option that an answer in people's own words means, or nothing where it is not plain."""
    choice = link_chosen(text)
    at = {LinkChoice.RECORD: 0, LinkChoice.LINK: 1, LinkChoice.MANY: 2}
    return options[at[choice]] if choice else by_short_words(text, options, noun)


def by_short_words(text: str, options: tuple[str, ...], noun: str) -> str:
    """Return the option that a few words mean: "a loan please", "link"; nothing where it is not plain."""
    words = words_of(text)
    if len(words) > 8:
        return ""
    is_record = bool(
        {"record", "dates", "date", "own", noun.rsplit(maxsplit=1)[-1], plural_of(noun).split()[-1]} & set(words)
    )
    is_link = "link" in words or "reference" in words
    is_many = "many" in words
    if is_record + is_link + is_many != 1 or {"not", "no", "without"} & set(words):
        return options[1] if is_link and "without" in words else ""
    return options[0] if is_record else options[1] if is_link else options[2]


def counted(text: str, noun: str) -> PlainFact | None:
    """Return what an answer says the many are instead, or None: a number, as in "we only note how many came"."""
    told = counted_in(straight(text, " .!"))
    if told and (not told.what or is_called(told.what, noun)):
        return PlainFact("", "int", told.thing)
    return read_plain_answer(text)


def only_count(draft: Draft, link: Link, fact: PlainFact, said: Said) -> None:
    """Keep how many there are; things that people told of stay things, those that nobody did are none."""
    fact = replace(fact, owner=fact.owner or spoken(link.subject))
    if not is_told_of(draft.entities[link.object]):
        make_fact(draft, link.object, fact, said)
        draft.decide(f"{plural_of(spoken(link.object)).capitalize()} are no thing of their own ({said.author})")
        return
    place = add_fact(draft, link.subject, link.object, fact.kind or "int", said)
    draft.decide(f"{place} only tells how many {plural_of(spoken(link.object))} there are ({said.author})")


def take_no_link(draft: Draft, link: Link, author: str) -> None:
    """Keep two things without a link between them."""
    things = joined([plural_of(spoken(link.subject)), plural_of(spoken(link.object))])
    draft.decide(f"{things.capitalize()} are not linked ({author})")
    draft.keep_apart(link.subject, link.object)


def may_be_number(draft: Draft, link: Link) -> bool:
    """Tell whether the many may only be counted: "a number of berths", or things that nobody told anything of."""
    return is_counted(link.said.quote) or not is_told_of(draft.entities[link.object])


def many_point(draft: Draft, link: Link) -> OpenPoint:
    """Ask whether the many are each in one only, or in several."""
    subject, object_ = spoken(link.subject), spoken(link.object)
    only_a_number = f"Only a number of the {subject}: how many {plural_of(object_)} it has"
    options = (
        f"No, each {object_} belongs to one {subject}",
        f"Yes, one {object_} can be in several {plural_of(subject)}",
        *([only_a_number] if may_be_number(draft, link) else []),
        NOT_LINKED,
    )
    can = f"Can one {object_} belong to several"
    question = Question(
        id=f"several:{link.subject}:{link.object}".lower(),
        text=f"{a(subject).capitalize()} has several {plural_of(object_)}. {can} {plural_of(subject)}?",
        reason=because(link, f"It decides whether {a(object_)} shows one {subject}, or a list of them."),
        options=options,
        examples=(
            f"{object_} 5 is in {subject} 1, and in no other",
            f"{object_} 5 is in {subject} 1 and in {subject} 2",
            *([f"{subject} 1 has 4; the {plural_of(object_)} themselves are not kept"] if len(options) > 3 else []),
            apart_row(subject, object_),
        ),
        default=options[1 if link.shared or is_shared(subject, object_) else 0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        link.is_settled = True
        option = chosen(text, options)
        if option == NOT_LINKED or (not option and denies_link(text)):
            take_no_link(draft, link, author)
            return
        fact = PlainFact("", "int", subject) if option == only_a_number else counted(text, object_)
        if fact and not fact.what and link.object in draft.entities:
            only_count(draft, link, fact, Said(author, text))
            return
        if (
            not option
            and link.object in draft.entities
            and take_denial(draft, draft.entities[link.object], text, author)
        ):
            return
        is_plain = not option and not means_neither(text)
        answer = yes_or_no(text) if is_plain else (option == options[1] if option else None)
        answer = one_or_several(text) if is_plain and answer is None else answer
        if answer is None and question.default == options[1]:
            add_record(draft, link, f"{link.subject}{link.object}", ())
            note(draft, f"One {object_} can be in several {plural_of(subject)}", text, author, is_answered=False)
            return
        if answer:
            add_record(draft, link, f"{link.subject}{link.object}", ())
            note(draft, f"One {object_} can be in several {plural_of(subject)}", text, author, is_answered=True)
            return
        add_reference(draft, link.object, link.subject, link.said, optional=False)
        note(draft, f"Each {object_} belongs to one {subject}", text, author, is_answered=answer is False)

    return OpenPoint("how they are linked", question, settle)
