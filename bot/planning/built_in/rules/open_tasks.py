"""Makes open tasks of the rules that people said and no declared form holds: none is dropped or read by half.

An open task keeps the whole sentence and says what was understood of it. No template builds it; a model may, or people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.documents.entities.declared_rules import NoOverlap
from bot.documents.entities.entity_specs import EntityField
from bot.documents.entities.rule_words import rule_in_words
from bot.documents.naming import plural, snake_case
from bot.generation.custom import CustomBehaviour
from bot.generation.names import is_module_name
from bot.patterns import regex
from bot.planning.built_in.drafts.draft import Draft, EntityDraft
from bot.planning.built_in.phrases.disowned import disowned
from bot.planning.built_in.phrases.open_rules import (
    FORBIDS,
    OpenForm,
    OpenRule,
    is_of_table,
    is_order,
    is_rule_like,
    read_open_rule,
    rules_of,
)
from bot.planning.built_in.phrases.rule_loosening import read_loosening
from bot.planning.built_in.phrases.rule_phrases import AT_A_TIME, CANT, COUNTS, Form, read_rule
from bot.planning.built_in.phrases.rule_sentences import is_rule_sentence, is_said_of_itself, only_tells
from bot.planning.built_in.rules.ration_rules import rationed
from bot.planning.built_in.rules.rule_subjects import (
    key_to,
    moment_called,
    moments,
    named,
    pair_of_phrases,
    period_of,
    stems,
)
from bot.planning.built_in.rules.rule_upkeep import noted
from bot.planning.built_in.rules.rules_of_tables import checked, once_together
from bot.planning.built_in.words.as_said import own_sentence
from bot.planning.built_in.words.clauses import clauses_of
from bot.planning.built_in.words.deed_nouns import noun_of
from bot.planning.built_in.words.sentences import sentences_of
from bot.planning.built_in.words.vocabulary import a, singular, spoken, words_of

__all__ = ["is_open_task", "open_tasks", "settle_orders", "understood"]

MOST_TASKS = 24
LONGEST_TITLE = 140
LONGEST_SLUG = 40
JOINED = regex(r"(?:[,;]\s*(?:and|but)\s+|;\s*)$", re.IGNORECASE)
"""What stands before the last clause of a sentence."""
AND = regex(r"^(?:and|but|so)\s+", re.IGNORECASE)
LONGEST_WHOLE = 140
"""Characters of a sentence that is quoted whole around a rule in it."""
NOTE = regex(r"\([^()]*\)$")
"""What the planner puts behind words that it quotes, such as which fields may be meant."""
SAYS_OPEN = regex(r"\b(?:open|out|running|active|current|unfinished)\b", re.IGNORECASE)
"""Words that say of records that only those count that have not ended."""
AT_ONCE = regex(rf"\b{AT_A_TIME}\b", re.IGNORECASE)
HAD_AT_ONCE = regex(
    rf"^(?:nobody|no one|no-one|everybody|everyone|one) (?:may|can|must|is allowed to) (?:only )?"
    rf"(?:have|take|borrow|keep|hold|use|rent|book|get) [a-z ]{{0,16}}(?:\d+|{'|'.join(COUNTS)})"
    rf"(?: of them| things)?(?: out)?(?: {AT_A_TIME})?[.!]?$",
    re.IGNORECASE,
)
"""A limit that names nothing: "nobody may have more than two at a time"."""
TO_SEE = regex(
    r"\b(?:(?:want|need|like|wish|love|have)s? (?:to )?(?:see|know|be told|a (?:list|report|overview))|"
    r"(?:shown|seen|listed|appears?|put|see) (?:up )?(?:on|in) an? (?:[a-z]+ )?(?:list|report|overview))\b",
    re.IGNORECASE,
)
"""Words of a list or a report that people want, which refuses nothing: "overdue loans, I want to see on a list"."""
STAYS_SO = regex(r"\b(?:is|are|gets?|stays?|remains?)\s+(?:[a-z]+ly\s+)?[a-z]+\b.*\b(?:until|unless|up to|within)\b")
"""What something is or stays for a while."""
NO_STATE = regex(
    rf"\b(?:{CANT}|can|may|never|only|not|n't|nobody|no|none|nothing|at most|at least|more|less|unique|allowed|"
    r"accepted|possible|permitted|forbidden|impossible|valid|due|without|before|after|later|earlier)\b|n't\b",
    re.IGNORECASE,
)
"""Words that refuse something or limit it, whatever stays so."""
type Place = tuple[EntityDraft, EntityField]


def open_tasks(draft: Draft, texts: Iterable[str]) -> tuple[tuple[CustomBehaviour, ...], tuple[str, ...]]:
    """Return the open tasks of a draft's rules, and what of its unread pieces is none; notes each as an assumption.

    ``texts`` are what was said: a piece is quoted with the rest of its sentence.
    """
    texts = tuple(texts)
    found = [piece for piece in draft.unread if is_open_task(draft, piece)][:MOST_TASKS]
    sentences = [rule.strip(" .!") for text in texts for sentence in sentences_of(text) for rule in rules_of(sentence)]
    tasks: dict[str, CustomBehaviour] = {}
    told: dict[str, str] = {}
    for piece in found:
        whole = piece if is_order(piece) or piece in draft.deeds else whole_rule(piece, sentences)
        said = understood(draft, piece) or understood(draft, whole)
        if whole in tasks:
            continue
        if said and (first := next((one for one, says in told.items() if says == said), "")):
            draft.assume(f"“{whole}” says the same as “{first}”, which stays an open task")
            tasks[first] = tasks[first].model_copy(
                update={"details": (*tasks[first].details, f"It was also said as: “{quotable(whole)}”.")}
            )
            continue
        told[whole] = said
        draft.assume(
            f"“{whole}” is not built by templates and stays an open task"
            + (f"; I understood: {said}" if said else "; I quote it as it is")
        )
        own = own_sentence(whole, texts)
        tasks[whole] = task_of(own, said or (whole if own != whole else ""))
    left = [one for one in draft.unread if one not in found and not is_within(one, tasks, sentences)]
    return tuple(tasks.values()), tuple(left)


def whole_rule(piece: str, sentences: Iterable[str]) -> str:
    """Return the clause that holds a piece, where it is a rule that says all by itself; else the whole sentence."""
    home = next((one for one in sentences if piece.casefold() in one.casefold()), "")
    clause = next((one for one in clauses_of(home) if piece.casefold() in one.casefold()), "")
    behind = home[: home.casefold().find(piece.casefold())] if home.casefold().endswith(piece.casefold()) else ""
    said = piece if JOINED.search(behind) else AND.sub("", clause)
    if said and said in home and is_rule_sentence(said) and is_said_of_itself(said):
        return said
    return home if 0 < len(home) <= LONGEST_WHOLE else piece


def is_within(piece: str, wholes: Iterable[str], sentences: Iterable[str]) -> bool:
    """Tell whether the words of a piece stand in open tasks: in one, or wherever they were said."""
    if any(piece.casefold() in one.casefold() for one in wholes):
        return True
    homes = [one for one in sentences if piece.casefold() in one.casefold()]
    return bool(homes) and all(one in set(wholes) for one in homes)


def is_open_task(draft: Draft, piece: str) -> bool:
    """Tell whether a piece that nothing was made of is a rule about something that the draft has."""
    if (
        piece in draft.left_out
        or disowned(piece)
        or (NOTE.search(piece) and not is_of_table(piece) and piece not in draft.deeds and not is_own(draft, piece))
        or piece.startswith("Accounts:")
        or only_tells(piece)
        or not (is_rule_like(piece) or piece in draft.deeds)
    ):
        return False
    if piece in draft.deeds:
        return True
    taken_back = read_loosening(piece)
    if taken_back is not None and taken_back.noun:
        return False
    if is_rule_sentence(piece):
        return True
    wish = read_rule(piece)
    is_for_owners = wish is not None and wish.form == Form.OWNER
    is_about = bool(understood(draft, piece)) or names_something(draft, piece) or counts_what_is_had(draft, piece)
    return is_about and not (is_for_owners and not any(e.account for e in draft.entities.values()))


def is_own(draft: Draft, piece: str) -> bool:
    """Tell whether people wrote a piece so, with what stands in brackets at its end: that is no note of the planner."""
    return any(piece.casefold() in " ".join(text.split()).casefold() for text in draft.said)


def counts_what_is_had(draft: Draft, piece: str) -> bool:
    """Tell whether a piece limits how many somebody may have at a time, where records have a begin and an end."""
    return HAD_AT_ONCE.match(piece) is not None and any(moments(one) for one in draft.entities.values())


def names_something(draft: Draft, piece: str) -> bool:
    """Tell whether a piece names an entity, a field or a value of the draft."""
    told = {singular(word) for word in words_of(piece)}
    told |= {deed for word in told if (deed := noun_of(word))}
    for entity in draft.entities.values():
        if set(words_of(entity.noun)) <= told or words_of(entity.noun)[-1] in told:
            return True
        for field in entity.fields.values():
            names = [stems(words_of(name)) for name in (field.field.name.removesuffix("_id"), *field.values)]
            if any(name and name <= stems(told) for name in names):
                return True
    return False


def task_of(piece: str, said: str) -> CustomBehaviour:
    """Return the open task of one rule, and what was understood of it."""
    quoted = quotable(piece)
    short = quoted if len(quoted) <= LONGEST_TITLE else f"{quoted[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"
    is_ban = forbids(piece)
    response = (
        f"IF a request would break the rule “{quoted}”, THEN THE System SHALL answer 409 with the words of the rule "
        "and change nothing."
        if is_ban
        else f"THE System SHALL keep the rule “{quoted}”."
    )
    done = (
        f"A request that breaks “{quoted}” is refused with 409 and changes nothing; a test shows it."
        if is_ban
        else f"A test shows that the service keeps “{quoted}”."
    )
    return CustomBehaviour(
        title=f"“{short}”",
        slug=slug_of(piece),
        criterion=response,
        done=done,
        details=(f"The rule as it was said: “{quoted}”.", *([f"It was understood as: {said}."] if said else [])),
    )


def forbids(piece: str) -> bool:
    """Tell whether a rule says what must be refused, and not what people want to see, what becomes of something, or
    what stays so for a while.
    """
    if TO_SEE.search(piece):
        return False
    return FORBIDS.search(piece) is not None and (NO_STATE.search(piece) is not None or STAYS_SO.search(piece) is None)


def quotable(piece: str) -> str:
    """Return a piece so that it can stand between quotes, on one line."""
    return " ".join(piece.replace("“", "'").replace("”", "'").split())


def slug_of(piece: str) -> str:
    """Return a module name of the first words of a sentence."""
    words = [word for word in snake_case("_".join(words_of(piece))).split("_") if re.fullmatch(r"[a-z0-9]+", word)]
    slug = ""
    for word in words:
        longer = f"{slug}_{word}" if slug else word
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug if is_module_name(slug) else f"rule_{slug}"[:LONGEST_SLUG] if slug else "rule"


# ------------------------------------------------------------------------------------------------- what was understood


def understood(draft: Draft, piece: str) -> str:
    """Return a rule in words of our own, as far as it was understood, or nothing."""
    if ration := rationed(draft, piece):
        return ration
    said = read_open_rule(piece)
    if said is None:
        return ""
    match said.form:
        case OpenForm.ORDER:
            pair = moments_in_order(draft, piece, said)
            return f"{pair[2].name} of {a(pair[0].noun)} is never before its {pair[1].name}" if pair else ""
        case OpenForm.PAST | OpenForm.FUTURE:
            return not_in(draft, piece, said)
        case OpenForm.COMPARED:
            return compared(draft, said)
        case OpenForm.COUNT:
            return counted(draft, said, piece)
        case OpenForm.TOGETHER:
            return once_together(draft, said)
        case OpenForm.CHECK:
            return checked(draft, said)
        case _:
            return left_out(draft, said)


def moments_in_order(draft: Draft, piece: str, said: OpenRule) -> tuple[EntityDraft, EntityField, EntityField] | None:
    """Return the entity with the two moments that a rule puts in order, the earlier one first."""
    if said.part("what"):
        entity = named(draft, said.part("what"))
        period = period_of(entity) if entity else None
        return (entity, *period) if entity and period else None
    return pair_of_phrases(draft, piece, said.part("early"), said.part("late"))


def not_in(draft: Draft, piece: str, said: OpenRule) -> str:
    """Say that a moment is not in the past or future when a row is stored."""
    places = [(one, moment) for one in draft.entities.values() if (moment := moment_called(one, said.part("early")))]
    about = [place for place in places if place[0].noun in piece.lower()]
    found = places if len(places) == 1 else about
    if len(found) != 1:
        return ""
    where = "past" if said.form == OpenForm.PAST else "future"
    return f"{found[0][1].name} of {a(found[0][0].noun)} is not in the {where} when it is stored"


def compared(draft: Draft, said: OpenRule) -> str:
    """Say which amount is at most which other one."""
    first = amounts_called(draft, said.part("early"))
    owner = named(draft, said.part("owner"))
    phrase = said.part("late") or said.part("early")
    second = [place for place in amounts_called(draft, phrase) if owner is None or place[0] is owner]
    for one, less in first:
        for other, more in second:
            if one is other and less.name != more.name:
                return f"{less.name} of {a(one.noun)} is at most its {more.name}"
            if one is not other and key_to(one, other):
                return f"{less.name} of {a(one.noun)} is at most the {more.name} of its {other.noun}"
    return ""


def amounts_called(draft: Draft, phrase: str) -> list[Place]:
    """Return the numbers that a phrase names, in any entity."""
    wanted = stems(words_of(phrase)) - stems(["number", "of", "many"])
    return [
        (entity, one.field)
        for entity in draft.entities.values()
        for one in entity.fields.values()
        if one.field.type.name in {"int", "float", "Decimal"}
        and not one.field.foreign_key
        and wanted & stems(words_of(one.field.name))
    ]


def counted(draft: Draft, said: OpenRule, piece: str) -> str:
    """Say how many records there are at most."""
    words = [
        word
        for word in words_of(said.part("record"))
        if word not in {"open", "running", "active", "current", "unfinished"}
    ]
    record = named(draft, " ".join(words))
    if record is None:
        return ""
    span = said.part("span") or said.part("later_span")
    owner = named(draft, said.part("owner"))
    is_open = "open" if not span and (SAYS_OPEN.search(piece) or AT_ONCE.search(piece)) else ""
    many = f"at most {said.count} {is_open} {spoken_plural(record)}".replace("  ", " ")
    whose = f" of one {owner.noun}" if owner is not None and owner is not record else ""
    when = f" in one {span}" if span else " at a time" if is_open else ""
    return f"there are {many}{whose}{when}"


def spoken_plural(entity: EntityDraft) -> str:
    """Return the plural of an entity as people say it."""
    return spoken(plural(snake_case(entity.name)))


def left_out(draft: Draft, said: OpenRule) -> str:
    """Say which records a rule against overlaps doesn't count."""
    rules = [(one, rule) for one in draft.entities.values() for rule in one.rules if isinstance(rule, NoOverlap)]
    told = stems(words_of(said.part("record")))
    for entity, rule in rules:
        values = [value for one in entity.fields.values() for value in one.values if stems(words_of(value)) & told]
        if values:
            return f"“{rule_in_words(entity.name, rule)}” leaves out what is {' or '.join(map(spoken, values))}"
    return ""


def settle_orders(draft: Draft) -> None:
    """Count an order of two moments as read where a rule against overlaps keeps it: no such period ends too early."""
    for piece in list(draft.unread):
        said = read_open_rule(piece)
        pair = moments_in_order(draft, piece, said) if said and said.form == OpenForm.ORDER else None
        for rule in pair[0].rules if pair else ():
            if pair and isinstance(rule, NoOverlap) and (rule.start, rule.end) == (pair[1].name, pair[2].name):
                draft.unread.remove(piece)
                draft.decide(f"{noted(pair[0], rule)}, keeps too: “{piece}”")
                break
