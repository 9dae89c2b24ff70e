"""What a draft still lacks: each open point is a question, and knows what an answer to it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.naming import joined
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, Link, LinkKind, Said
from bot.planning.built_in.drafts.resolution import add_record, add_reference
from bot.planning.built_in.phrases.denials import denies_link
from bot.planning.built_in.phrases.own_words import own_example
from bot.planning.built_in.phrases.permissions_said import permission_in
from bot.planning.built_in.questions.answers import (
    EARLY_SLOTS,
    OpenPoint,
    chosen,
    note,
    plural_of,
    reader_of,
    yes_or_no,
)
from bot.planning.built_in.questions.descriptions import descriptions_open
from bot.planning.built_in.questions.doer_questions import doers_open
from bot.planning.built_in.questions.either_questions import either_open
from bot.planning.built_in.questions.field_questions import fields_missing, own_fields, plurals_open, values_open
from bot.planning.built_in.questions.homeless_fields import homeless_fields
from bot.planning.built_in.questions.left_words import quoted
from bot.planning.built_in.questions.likely_links import LikelyLinks, likely_links, names_its_writer_only
from bot.planning.built_in.questions.link_questions import NOT_LINKED, links_open
from bot.planning.built_in.questions.roles_of_owners import named_and_others, take_as_roles
from bot.planning.built_in.questions.step_questions import steps_open
from bot.planning.built_in.questions.unique_answers import fields_picked
from bot.planning.built_in.questions.unread_pieces import not_read
from bot.planning.built_in.questions.ways_questions import ways_open
from bot.planning.built_in.questions.who_signs_in import let_in, only_signs_in, several_sign_in
from bot.planning.built_in.rules.owner_rules import owners_named
from bot.planning.built_in.rules.period_rules import periods_open
from bot.planning.built_in.rules.role_rules import left_to_roles
from bot.planning.built_in.words.deed_nouns import is_occasion
from bot.planning.built_in.words.field_kinds import may_be_unique
from bot.planning.built_in.words.sentence_marks import REFUSALS, nobody_logs_in, speaks_of_signing_in
from bot.planning.built_in.words.vocabulary import (
    a,
    entity_name,
    is_you_decide,
    singular,
    spoken,
)
from bot.planning.conversation import Question

__all__ = ["askable", "open_points"]

EXAMPLE = "Book: title, isbn, price money, status available/lent"
NO_ACCOUNTS = "No accounts: whoever reaches it may use it"
ACCOUNTS = "People sign in with an e-mail and a password"
OPEN_TO_ALL = regex(
    r"^(?:no|none|not needed|everyone|anyone|everybody|nobody)\b[^,;]{0,20}$|"
    r"^(?:nobody|no ?one|none of us) (?:(?:has|have|needs?|wants?|had) to )?(?:signs?|logs?|registers?)\b.*$",
    re.IGNORECASE,
)
ELSEWHERE = regex(
    r"\b(?:google|github|facebook|apple|slack|microsoft|azure|okta|social|sso|single sign-?on|oauth2?|oidc|saml|ldap|"
    r"magic link|passkeys?|sms|2fa|two[- ]factor)\b",
    re.IGNORECASE,
)
"""Ways to sign in that aren't built: the review quotes them."""


def open_points(draft: Draft, tries: int) -> list[OpenPoint]:
    """Return everything that is open, most important first. ``tries``: how often "which things" was asked in vain."""
    if not draft.entities:
        return [which_things(draft, tries)]
    links = list(links_open(draft))
    return [
        *whole(draft), *descriptions_open(draft), *links, *either_open(draft), *fields_missing(draft),
        *plurals_open(draft), *values_open(draft), *ways_open(draft), *steps_open(draft), *periods_open(draft),
        *homeless_fields(draft), *unlinked(draft, has_open_links=bool(links)), *doers_open(draft), *uniqueness(draft),
        *use(draft), *not_read(draft),
    ]  # fmt: skip


def askable(points: list[OpenPoint]) -> list[OpenPoint]:
    """Return the points that can be asked by now: links and uniqueness wait until it is known what each thing holds."""
    if any(point.slot in EARLY_SLOTS for point in points):
        return [point for point in points if point.is_early]
    return points


def first_asked(draft: Draft) -> str:
    """Return the question which things there are, quoting what could not be read."""
    if draft.language:
        return (
            f"This looks like {draft.language}. It is kept, but I read English only so far. Please say it in English, "
            f"or write one line for each thing, which works in any language: {EXAMPLE}."
        )
    unread = f"I could not read {quoted(draft.unread)}. " if draft.unread else ""
    return f"{unread}Which things does it manage, and what is kept about each? For example: {EXAMPLE}."


def still_asked(draft: Draft, example: str) -> str:
    """Return the question asked again: that only people know, and what would help, in their own words if possible."""
    words = f"with your words: {example}" if example else f"for example: {EXAMPLE}"
    unread = " What I read so far names no thing I can be sure of." if draft.unread else ""
    return (
        f"I can't decide this for you: I don't know which things to keep.{unread} It helps to write one line for each "
        f"thing: its name, a colon, then what is kept about it, parted by commas – {words}"
    )


def which_things(draft: Draft, tries: int) -> OpenPoint:
    """Ask what the service manages, quoting what could not be read."""
    example = own_example(draft.unread)
    options = (example,) if tries and example else ()
    question = Question(
        id=f"things:{tries + 1}" if tries else "things",
        text=still_asked(draft, example) if tries else first_asked(draft),
        reason="The service is built around the things it keeps.", options=options,
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        if is_you_decide(text):
            return
        names = [entity_name(part) for part in re.split(r"\s*(?:,|\band\b|\n)\s*", text) if part.strip()]
        if names and all(names) and not re.search(r"[:;(]|\bwith\b", text):
            for name in names:
                draft.entity(name, Said(author, text))
            return
        reader_of(draft, author).read(text, author)

    return OpenPoint("the things it manages", question, settle, is_needed=True)


def whole(draft: Draft) -> Iterator[OpenPoint]:
    """Ask whether the head noun is the whole service or one of its things."""
    said = draft.maybe_entity
    if said is None or entity_name(said.quote) in draft.entities:
        return
    noun = said.quote.lower()
    others = [plural_of(entity.noun) for entity in draft.entities.values()]
    options = ("It is what the whole is called", f"{a(singular(noun)).capitalize()} is one of the things it manages")
    question = Question(
        id=f"whole:{noun}", text=(f"Is “{noun}” the name of the whole, or one of the "
f"things to keep beside {joined(others)}?"),
        reason="It decides whether there is a list of them.", options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        draft.maybe_entity = None
        option = chosen(text, options)
        if option == options[1] or (not option and "thing" in text.lower()):
            name = entity_name(noun)
            entity = draft.entity(name, said)
            draft.entities = {name: entity} | {key: value for key, value in draft.entities.items() if key != name}
            for other in [key for key in draft.entities if key != name]:
                draft.links.append(Link(name, "have", other, LinkKind.HAS_MANY, said))
            draft.decide(f"{a(singular(noun)).capitalize()} is one of the things it manages ({author})")
            return
        note(draft, f"“{noun}” is what the whole is called", text, author, is_answered=bool(option))

    yield OpenPoint("what it is called", question, settle)


def unlinked(draft: Draft, *, has_open_links: bool) -> Iterator[OpenPoint]:
    """Ask how things are linked that nothing links."""
    things = [one for one in draft.entities.values() if not only_signs_in(one)]
    if has_open_links or draft.is_linked_enough or len(things) < 2:
        return
    linked = {field.field.foreign_key for entity in draft.entities.values() for field in entity.fields.values()}
    linked |= {end for pair in draft.pairs for end in (pair.one, pair.other)}
    alone = [
        entity for entity in things
        if entity.name not in linked and (
            len(own_fields(entity)) == len(entity.fields) or names_its_writer_only(draft, entity)
        )
    ]  # fmt: skip
    if not alone:
        return
    nouns = [plural_of(entity.noun) for entity in (things if len(alone) == len(things) else alone)]
    others = [entity for entity in things if entity is not alone[0]]
    records = [entity for entity in others if len(own_fields(entity)) < len(entity.fields)]
    one, other = alone[0].noun, (records or others)[0].noun
    likely = likely_links(draft, alone)
    options = (likely.sentence, NOT_LINKED) if likely else (NOT_LINKED,)
    if is_occasion(one) and not is_occasion(other):
        one, other = other, one
    if likely and likely.quote and not likely.is_shared:
        one, other = draft.entities[likely.targets[0]].noun, draft.entities[likely.record].noun
    others_too = "with each other" if len(nouns) > 1 else "with the rest"
    about = f"What do {joined(nouns)} have to do {others_too}"
    question = Question(
        id="links", text=f"{about}? For example: each {other} belongs to {a(one)}.",
        reason="Then you see later which belongs to which; otherwise they are lists of their own.",
        options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        draft.is_linked_enough = True
        if likely and (chosen(text, options) == options[0] or is_you_decide(text)):
            take_likely(draft, likely, Said(author, likely.quote or text))
            note(draft, likely.sentence, text, author, is_answered=not is_you_decide(text))
            return
        is_apart = bool(chosen(text, (NOT_LINKED,))) or denies_link(text)
        if is_you_decide(text) or is_apart or yes_or_no(text) is False:
            note(
                draft, f"{joined(nouns).capitalize()} are not linked", text, author, is_answered=not is_you_decide(text)
            )
            return
        reader_of(draft, author).read(text, author)

    yield OpenPoint("how they are linked", question, settle)


def take_likely(draft: Draft, likely: LikelyLinks, said: Said) -> None:
    """Link things as they are likely linked."""
    for target in likely.targets:
        if likely.is_shared:
            link = Link(likely.record, "have", target, LinkKind.MANY, said, is_settled=True)
            add_record(draft, link, f"{likely.record}{target}", ())
        else:
            add_reference(draft, likely.record, target, said, optional=False)
    if likely.says_all:
        draft.unread[:] = [piece for piece in draft.unread if piece != likely.quote]


def uniqueness(draft: Draft) -> Iterator[OpenPoint]:
    """Ask whether codes and addresses must differ in every row."""
    if draft.is_unique_settled:
        return
    candidates = [
        (entity, field) for entity in draft.entities.values() for field in entity.fields.values()
        if may_be_unique(field.field.name, entity.noun)
        and not (field.field.unique or field.unique_within or entity.is_pasted or field.field.type.is_list)
    ]  # fmt: skip
    if not candidates:
        return
    each = "each " if len(candidates) > 1 else ""
    named = [f"the {spoken(field.field.name)} of {a(entity.noun)}" for entity, field in candidates]
    options = ("Yes", "No, the same may occur twice")
    question = Question(
        id="unique", text=f"Must {joined(named)} {each}be unique: never the same twice?",
        reason="Who enters one that is there already is then told so.", options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        draft.is_unique_settled = True
        option = chosen(text, options)
        answer = option == options[0] if option else yes_or_no(text)
        places, is_named = fields_picked(text, [spoken(field.field.name) for _, field in candidates])
        if option == options[1]:
            places = set()
        picked = [pair for place, pair in enumerate(candidates) if place in places]
        for _, field in picked:
            field.field = field.field.model_copy(update={"unique": True})
        names = [f"{entity.name}.{field.field.name}" for entity, field in picked or candidates]
        sentence = f"Unique: {joined(names)}" if picked else f"{joined(names)} need not be unique"
        note(draft, sentence, text, author, is_answered=answer is not None or is_named)

    yield OpenPoint("what must be unique", question, settle)


def use(draft: Draft) -> Iterator[OpenPoint]:
    """Ask whether people need accounts."""
    left = left_to_roles(draft)
    if draft.is_use_settled and not (left and NO_ACCOUNTS in draft.assumptions and not draft.people_log_in):
        return
    owners, with_role = named_and_others(draft, owners_named(draft))
    owners = owners or [(one.person, one.quote) for one in left if one.person and one.is_likely][:1]
    told = (
        *(quote for _, quote in (*owners, *with_role)),
        *(one.quote for one in left),
        *map(permission_in, draft.said),
    )
    quote = next(filter(None, told), "")
    others = [one.person for one in left if one.person and not owners][:1]
    signing = [*(person for person, _ in (*owners[:1], *with_role)), *others]
    they = f"{joined([plural_of(person.noun) for person in signing]).capitalize()} log in" if signing else ""
    options = use_options(they, is_likely=bool(owners), is_needed=bool(quote))
    whose = f"“{quote}” can only be kept where people log in. " if quote else ""
    question = Question(
        id="use", text="Who uses it: do people need accounts?",
        reason=f"{whose}With accounts, only who signs in can see or change anything.",
        options=options, default=options[0],
    )  # fmt: skip

    def settle(text: str, author: str) -> None:
        draft.is_use_settled = True
        draft.assumptions[:] = [one for one in draft.assumptions if one != NO_ACCOUNTS]
        option = chosen(text, options)
        meant = option or (options[0] if is_you_decide(text) else "")
        if they and meant == they:
            for person in (*(person for person, _ in owners), *others):
                person.account = True
            take_as_roles(draft, with_role, owners[0][0] if owners else others[0], author)
            draft.people_log_in = True
            note(draft, f"{they}: “{quote}”", "", author, is_answered=option == they)
            return
        if not option and (who := let_in(draft, text, author)):
            draft.decide(f"{who}: “{text.strip(' .!')}” ({author})")
            return
        is_open = option == NO_ACCOUNTS or OPEN_TO_ALL.match(text.strip()) is not None or nobody_logs_in(text)
        is_wish = (speaks_of_signing_in(text) and not REFUSALS.search(text)) or several_sign_in(draft, text)
        if not is_open and (meant == ACCOUNTS or yes_or_no(text) or is_wish):
            draft.people_log_in = True
            if option or not is_you_decide(text):
                draft.decide(f"{ACCOUNTS} ({author})")
            else:
                draft.assume(f"{ACCOUNTS}: “{quote}”")
            if ELSEWHERE.search(text):
                draft.leave(f"Accounts: {text}")
            return
        if not is_open and not is_you_decide(text):
            draft.leave(f"Accounts: {text}")
        note(
            draft,
            NO_ACCOUNTS if is_open or is_you_decide(text) else "Without accounts for now",
            "",
            author,
            is_answered=is_open,
        )

    yield OpenPoint("who uses it", question, settle)


def use_options(they: str, *, is_likely: bool, is_needed: bool) -> tuple[str, ...]:
    """Return the choices of who signs in, the likely one first: those of whom a rule speaks, or people who sign in."""
    if is_likely:
        return (they, NO_ACCOUNTS, ACCOUNTS)
    if is_needed:
        return (ACCOUNTS, *([they] if they else []), NO_ACCOUNTS)
    return (NO_ACCOUNTS, ACCOUNTS)
