"""What a plan answers to people who ask whether it holds something, how much of it there is, and who may do what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.clipping import clip_words
from bot.documents.entities.declared_rules import Transition
from bot.documents.entities.entity_specs import Entity, EntityField, EntitySpecs, OnDelete
from bot.documents.entities.rule_words import rule_in_words, rule_note
from bot.documents.naming import joined
from bot.documents.tasks.task_plan import TaskKind
from bot.generation.names import article, entity_names, words
from bot.patterns import regex
from bot.planning.built_in.questions.left_words import content_of
from bot.planning.built_in.words.vocabulary import singular, words_of
from bot.workflow.documents import Documents
from bot.workflow.named_in_questions import Asked, asked_about
from bot.workflow.reviews import ReviewContent
from bot.workflow.told_of_behaviour import told_of_behaviour
from bot.workflow.told_of_cases import told_of_case
from bot.workflow.told_of_documents import marks_of, told_of_entity, told_of_field, told_of_rules
from bot.workflow.told_of_limits import told_of_limit
from bot.workflow.told_of_rights import told_of_rights
from bot.workflow.told_of_states import told_of_state
from bot.workflow.told_of_values import told_of_value

__all__ = ["absent", "limits_left", "told_of_plan"]

MOST = 12
LONGEST = 200
MOST_SHARED = 0.75
"""How much of what somebody asks for must stand in a decision for that to hold it."""
LEAST_OF_LINE = 0.6
LEAST_SHARED = 2
LOGS_IN = regex(
    r"^(?:who|which|what|do|does|can|must|is|are|how)\b.*(?:\b(?:log|sign)s?[\s-]?(?:in|on|up)\b|\baccounts?\b|\bpasswords?\b)",
    re.IGNORECASE,
)
COUNTED = regex(
    r"^how\s+many\s+(?:(?:other|different|open)\s+)?(?P<what>fields?|columns?|things?|entit(?:y|ies)|tables?|tasks?|steps?|"
    r"phases?|rules?)\b",
    re.IGNORECASE,
)
THINGS = regex(
    r"^(?:what|which)\s+(?:things|entities|tables)\b|^what(?:\s+all)?(?:\s+is|'s)\s+(?:in\s+)?(?:there|the\s+plan|this\s+plan|it)"
    r"(?:\s+now)?$",
    re.IGNORECASE,
)
MARKED = regex(
    r"^(?:what|which)(?:\s+of\s+the)?\s+(?:fields?|columns?|values?)\b.*\b(?P<mark>optional|unique|required|mandatory|empty|left\s+out|given)\b",
    re.IGNORECASE,
)
UNREAD = regex(
    r"^(?:what|which)\s+(?:(?:parts?|words?|sentences?|bits?|pieces?)\s+(?:of\s+(?:it|this|that|(?:my|our|the)\s+\w+)\s+)?)?"
    r"(?:(?:did|could|do|can|have)(?:n't|\s+not)?\s+you\s+(?:not\s+)?(?:understand|read|get|take(?:n)?|leave\s+out)|"
    r"(?:is|was|'s)(?:n't|\s+not)?\s+(?:not\s+)?(?:part\s+of|in|unread|understood|left\s+out))\b.*$",
    re.IGNORECASE,
)
LEFT_OUT = regex(
    r"^(?:did|do|have)\s+you\s+(?:forg[eo]t\w*|miss(?:ed)?|le(?:ft|ave)\s+out|skip(?:ped)?|overlook(?:ed)?)\s+(?:anything|something)"
    r"(?:\s+(?:of|from|in)\s+.{1,40}|\s+that\s+(?:i|we)\s+said)?$",
    re.IGNORECASE,
)
ASSUMED = regex(
    r"^what\s+(?:did|do|have|has|is|was|were|are)\b.*\bassum(?:e|ed)\b|^(?:what|which)\b.*\bassumptions?\b",
    re.IGNORECASE,
)
HELD = (
    regex(
        r"^(?:did|do|have)\s+you\s+(?:(?:also|really|even|ever)\s+)*(?:get|got|understand|understood|see|seen|read|take|took|"
        r"taken|notice|noticed|include|included|hear|heard|keep|kept|know|remember|forget|forgot|forgotten|miss|missed)\s+"
        r"(?:about\s+|(?:it\s+)?that\s+|the\s+(?:bit|part|thing|one)\s+(?:about|with|where|that)\s+)?(?P<what>.+)$",
        re.IGNORECASE,
    ),
    regex(
        r"^(?:is|are|was|were)\s+(?P<what>.+?)\s+(?:now\s+|still\s+|already\s+|also\s+)*(?:in\s+(?:there|it|the\s+plan|this\s+plan|this)|"
        r"included|part\s+of\s+(?:it|this|the\s+plan|this\s+plan)|covered|planned|taken\s+(?:in|up|over)|in)$",
        re.IGNORECASE,
    ),
    regex(
        r"^(?:is|are)\s+there\s+(?:also\s+)?(?:an?|any|some|the|something\s+(?:about|for|on)|anything\s+(?:about|for|on))\s+"
        r"(?P<what>.+?)(?:\s+in\s+(?:there|it|the\s+plan|this\s+plan|this))?$",
        re.IGNORECASE,
    ),
    regex(
        r"^(?:do|does)\s+(?:you|it|the\s+(?:plan|service|bot))\s+(?:also\s+|even\s+)?"
        r"(?P<what>(?:send|remind|mail|notify|warn|count|compute|calculate|print|export|charge)\b.*)$",
        re.IGNORECASE,
    ),
    regex(
        r"^does\s+(?:it|the\s+plan|this|this\s+plan|that)\s+(?:also\s+)?(?:have|include|contain|know|cover|hold|keep)\s+(?P<what>.+)$",
        re.IGNORECASE,
    ),
)
QUOTE = regex(r"“([^“”]+)”")
FORGOT = regex(r"^(?:did|do|have)\s+you\b.*?\b(?:forg[eo]t\w*|miss(?:ed)?)\b", re.IGNORECASE)
HAS = regex(
    r"^do(?:es)?\s+.+?\s+(?:have|hold|keep)\s+(?:an?\s+|any\s+|the\s+)?(?P<what>.+)$",
    re.IGNORECASE,
)
GONE = regex(
    r"^what\s+happens\b.*?\b(?:when|if|once|after)\s+(?:(?:i|we|you|somebody|someone)\s+(?:delete|remove)\s+(?P<object>.+)|"
    r"(?P<subject>.+?)\s+(?:is|are|gets?)\s+(?:deleted|removed))$",
    re.IGNORECASE,
)
SAID_BY = regex(r"\s*\([UW][A-Z0-9]+\)")
FROM_TO = regex(
    r"\bfrom\s+(?P<source>[\w -]+?)\s+(?:back\s+)?(?:to|into)\s+(?P<target>[\w -]+?)(?:\s+again)?$", re.IGNORECASE
)
FILLERS = frozenset({"field", "thing", "part", "rule", "column", "table", "entity", "bit", "back"})


def told_of_plan(documents: Documents, content: ReviewContent, asked: Asked) -> str:
    """Return what a plan answers to a question about what it holds, counts and allows; nothing to any other."""
    said, specs = asked.said, documents.specs
    if told := told_step(asked) or told_of_state(specs, asked) or told_of_behaviour(specs, asked):
        return told
    if told := told_of_limit(specs, asked) or told_of_value(specs, asked, limits_left(documents, content)):
        return told
    if told := told_of_whole(documents, content, asked):
        return told
    if told := told_of_rights(specs, asked):
        return told
    if what := held_asked(said):
        return told_held(documents, content, what, is_forgotten=FORGOT.match(said) is not None)
    if match := GONE.match(said):
        return told_deletion(specs, asked_about(specs, match["object"] or match["subject"]).entities)
    if told := told_of_case(documents, content, asked):
        return told
    if match := HAS.match(said):
        return told_lack(specs, asked, match["what"])
    return told_accounts(specs) if LOGS_IN.match(said) else ""


def limits_left(documents: Documents, content: ReviewContent) -> list[str]:
    """Return what was said and is no rule of the plan: words that were not read, and tasks that no template builds."""
    return [*content.unread, *(task.title for task in documents.task_plan.tasks() if task.kind is TaskKind.CUSTOM)]


def told_of_whole(documents: Documents, content: ReviewContent, asked: Asked) -> str:
    """Return what a plan answers to a question for a number or a list: of things, of fields, of what was assumed."""
    said, specs = asked.said, documents.specs
    if match := COUNTED.match(said):
        return told_count(documents, asked, singular(match["what"].lower()))
    if match := MARKED.match(said):
        return told_marked(specs, asked.entities or specs.entities, match["mark"].lower())
    if THINGS.match(said):
        return f"The plan keeps {joined([entity.name for entity in specs.entities])}."
    if ASSUMED.match(said):
        return listed("Assumed, as nobody said it", content.assumptions) or "Nothing was assumed."
    if UNREAD.match(said) or LEFT_OUT.match(said):
        return listed("Not part of this plan", content.unread) or "All that was said is part of this plan."
    return ""


def held_asked(said: str) -> str:
    """Return what somebody asks for that may be in the plan: "is … in there", "did you get that …"; else nothing."""
    return next((match["what"].strip(" ,") for form in HELD if (match := form.match(said))), "")


def absent(said: str) -> str:
    """Say that a plan doesn't hold what was asked for by name; nothing where no such thing was asked."""
    what = clip_words(held_asked(said), LONGEST)
    return (
        f"I find nothing in the plan that says “{what}”, and nothing was changed. Should it be there, say it as a wish."
        if what
        else ""
    )


def listed(head: str, lines: Sequence[str]) -> str:
    """Return lines as one sentence; nothing where there are none."""
    shown = [f"“{clip_words(SAID_BY.sub('', line), LONGEST)}”" for line in lines]
    more = [f"{len(shown) - MOST} more"] if len(shown) > MOST else []
    return f"{head}: {joined([*shown[:MOST], *more])}." if shown else ""


# -------------------------------------------------------------------------------------------------- what the plan holds


def told_held(documents: Documents, content: ReviewContent, what: str, *, is_forgotten: bool) -> str:
    """Say where a plan holds what somebody asks for, or that it is left unread; nothing where it names none of it."""
    if piece := saying(content.unread, what):
        return f"“{clip_words(piece, LONGEST)}” is not part of this plan. Say it in other words to have it taken in."
    tasks = {f"{task.title} {task.done}": task for task in documents.task_plan.tasks()}
    yes = "It is there." if is_forgotten else "Yes."
    if told := saying(content.decisions, what):
        return f"{yes} {SAID_BY.sub('', in_words(documents.specs, told)).rstrip('.')}."
    if (told := saying(tuple(tasks), what)) and tasks[told].kind == "custom":
        return f"It is task {tasks[told].number} “{tasks[told].title.strip('“”')}”, which no template builds."
    asked = asked_about(documents.specs, what)
    if asked.fields:
        found = " ".join(told_of_field(documents.specs, entity, field) for entity, field in asked.fields[:MOST])
    else:
        found = " ".join(told_of_entity(documents.specs, entity) for entity in asked.entities[:2])
    if not found:
        return ""
    is_all = content_of(what) - FILLERS <= names_of(asked)
    return f"{yes} {found}" if is_all else f"Not in these words, as far as I can tell. What it names: {found}"


def in_words(specs: EntitySpecs, decision: str) -> str:
    """Return a decision with the rule that it declares in a plain sentence; every other one as it is."""
    for entity in specs.entities:
        for rule in entity.rules:
            lead = rule_note(entity.name, rule)
            if decision.startswith(lead):
                return rule_in_words(entity.name, rule) + decision.removeprefix(lead)
    return decision


def told_lack(specs: EntitySpecs, asked: Asked, what: str) -> str:
    """Say that an entity has nothing of what is asked for, and what it has; nothing where it may have it."""
    lacks = len(asked.entities) == 1 and not asked.fields and content_of(what) - FILLERS - names_of(asked)
    return f"I find no “{clip_words(what, LONGEST)}” there. {told_of_entity(specs, asked.entities[0])}" if lacks else ""


def saying(lines: Sequence[str], what: str) -> str:
    """Return the line that says what somebody asks for, and little else; nothing where none does."""
    wanted = content_of(what) - FILLERS
    for line in lines:
        for quote in (*QUOTE.findall(line), SAID_BY.sub("", line)):
            said = content_of(quote) - FILLERS
            shared = len(wanted & said)
            if shared >= max(LEAST_SHARED, MOST_SHARED * len(wanted), LEAST_OF_LINE * len(said)):
                return line
    return ""


def names_of(asked: Asked) -> set[str]:
    """Return the words of which the names of all that is asked about are made."""
    fields = [words(field.name) for _, field in asked.fields]
    entities = [words(entity.name) for entity in (*asked.entities, *(entity for entity, _ in asked.fields))]
    return {singular(word) for name in (*fields, *entities) for word in words_of(name)} | {"e-mail", "isbn"}


def own_fields(entity: Entity) -> list[EntityField]:
    """Return the fields of an entity that people speak of: neither its number, nor moments that the service keeps."""
    return [one for one in entity.fields if not (one.primary_key or one.is_timestamp or one.is_secret)]


def told_count(documents: Documents, asked: Asked, what: str) -> str:
    """Say how many there are of something, and which."""
    specs = documents.specs
    match what:
        case "field" | "column":
            told = [f"{len(own_fields(entity))}. {told_of_entity(specs, entity)}" for entity in asked.entities[:2]]
            return " ".join(told)
        case "task" | "step":
            tasks, phases = len(documents.task_plan.tasks()), len(documents.task_plan.phases)
            return f"{tasks} tasks in {phases} phases; `tasks` lists them once it is built."
        case "phase":
            return f"{len(documents.task_plan.phases)}: {joined([one.name for one in documents.task_plan.phases])}."
        case "rule":
            about = asked.entities or specs.entities
            many = sum(len(entity.rules) for entity in about)
            return f"{many}. {told_of_rules(specs, about)}" if many else told_of_rules(specs, about)
        case _:
            return f"{len(specs.entities)}: {joined([entity.name for entity in specs.entities])}."


def told_marked(specs: EntitySpecs, about: Sequence[Entity], mark: str) -> str:
    """List the fields that may be left out, must be given, or are unique."""
    places = [(entity, field) for entity in about for field in own_fields(entity) if field.is_given]
    if mark == "unique":
        found, head = [place for place in places if place[1].unique], "Unique"
    elif mark in {"required", "mandatory", "given"}:
        found, head = [place for place in places if "must be given" in marks_of(place[1])], "Must be given"
    else:
        found, head = [place for place in places if "may be left out" in marks_of(place[1])], "May be left out"
    names = [f"`{entity.name}.{field.name}`" for entity, field in found]
    return f"{head}: {joined(names) or 'none'}." if specs.entities else ""


# --------------------------------------------------------------------------------------------------- who may do what


def told_deletion(specs: EntitySpecs, entities: Sequence[Entity]) -> str:
    """Say what becomes of the rows that name a deleted one."""
    if len(entities) != 1:
        return ""
    gone = article(words(entities[0].name))
    says = {
        OnDelete.CASCADE: f"When {gone} is deleted, {{many}} that name it are deleted with it",
        OnDelete.SET_NULL: f"When {gone} is deleted, {{many}} that name it stay, without it",
        OnDelete.RESTRICT: f"{gone[:1].upper()}{gone[1:]} can't be deleted while {{many}} name it",
    }
    told = [
        says[field.on_delete or OnDelete.RESTRICT].format(many=entity_names(other).plural)
        for other in specs.entities
        for field in other.fields
        if field.foreign_key == entities[0].name
    ]
    return ". ".join(dict.fromkeys(told)) + "." if told else f"Nothing names {gone}, so nothing else goes with it."


def told_accounts(specs: EntitySpecs) -> str:
    """Say who signs in."""
    accounts = [entity_names(entity).plural for entity in specs.entities if entity.account or entity.logs_in]
    if accounts:
        return f"{joined(accounts).capitalize()} sign in, with an e-mail and a password."
    return "Nobody signs in: the plan has no accounts, so whoever reaches the service may use it."


def told_step(asked: Asked) -> str:
    """Say whether a status may go from one value to another; nothing where no two values of one are asked about."""
    match = FROM_TO.search(asked.said)
    ends = (match["source"].strip().lower(), match["target"].strip().lower()) if match else ()
    for entity in asked.entities if match else ():
        for rule in (one for one in entity.rules if isinstance(one, Transition)):
            ways = [(words(source).lower(), words(target).lower()) for source, target in rule.pairs()]
            if set(ends) <= {value for way in ways for value in way}:
                return f"{'Yes' if ends in ways else 'No'}. {rule_in_words(entity.name, rule)}."
    return ""
