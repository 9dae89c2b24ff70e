"""Derivation: what follows from decisions. Requirements and the phased task plan are computed, never asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.documents.entities.entity_specs import Entity, EntitySpecs
from bot.documents.frozen import Frozen
from bot.documents.requirements.requirements import Requirements
from bot.documents.tasks.task_plan import Artifact, KeyLink, MustHaves, Phase, Task, TaskKind, TaskPlan
from bot.generation.blueprint import Blueprint, BlueprintPhase, BlueprintTask, Each
from bot.generation.coverage import SERVICE, Coverage, cover
from bot.generation.criteria import derive_requirements
from bot.generation.custom import CustomBehaviour, behaviours_by_module, custom_subjects
from bot.generation.facts import facts_about
from bot.generation.names import entity_names
from bot.generation.order import EntityOrder, entity_order, foreign_keys
from bot.generation.support import require_supported

__all__ = ["derive_requirements", "derive_task_plan"]


class Planned(Frozen):
    """One task before it has its final shape: the blueprint's task and what it is about."""

    number: str
    blueprint_task: BlueprintTask
    subject: str = SERVICE
    placeholders: Mapping[str, str] = {}
    behaviour: CustomBehaviour | None = None
    """What a task for custom behaviour is about."""

    @property
    def entity(self) -> str:
        """Return the entity's name, or nothing."""
        return self.subject if self.blueprint_task.each is Each.ENTITY else ""

    def fill(self, text: str) -> str:
        """Fill the placeholders of a text; all values are names that were validated, or prose."""
        return re.sub(r"\{([a-z]+)\}", lambda match: self.placeholders[match[1]], text)


def derive_task_plan(
    title: str,
    specs: EntitySpecs,
    requirements: Requirements,
    custom: tuple[CustomBehaviour, ...],
    blueprint: Blueprint,
    features: tuple[str, ...],
) -> TaskPlan:
    """Derive phases, tasks, files, dependencies, waves, verification and must-haves.

    Raises UnsupportedSpecsError with one sentence where the blueprint can't make what the specs ask for.
    """
    require_supported(specs, custom, blueprint, features)
    order = entity_order(specs)
    coverage = cover(requirements, specs, custom, blueprint.chosen(features))
    by_phase = planned_tasks(specs, order, custom, blueprint, features)
    everything = [planned for _, tasks in by_phase for planned in tasks]
    depends = dependencies(everything, order)
    waves = waves_of(depends)
    phases: list[Phase] = []
    for number, (phase, tasks) in enumerate(by_phase, start=1):
        finished = tuple(finish(task, order, coverage, blueprint, depends, waves) for task in tasks)
        phases.append(
            Phase(
                number=number,
                name=phase.name,
                slug=phase.slug,
                goal=phase.goal,
                tasks=finished,
                must_haves=must_haves(phase, tasks, order, custom),
            )
        )
    return TaskPlan(title=title, phases=tuple(phases))


def planned_tasks(
    specs: EntitySpecs,
    order: EntityOrder,
    custom: tuple[CustomBehaviour, ...],
    blueprint: Blueprint,
    features: tuple[str, ...],
) -> list[tuple[BlueprintPhase, list[Planned]]]:
    """Number the blueprint's tasks for these entities and behaviours; a phase without tasks is left out.

    Within a phase, neighbouring tasks per entity keep the blueprint's order: all models, then all services.
    """
    phases: list[tuple[BlueprintPhase, list[Planned]]] = []
    parts = blueprint.parts(features)
    behaviours = behaviours_by_module(custom, specs)
    wanted = [task.within(parts) for task in blueprint.tasks if not task.feature or task.feature in parts]
    for phase in blueprint.phases:
        chosen = [task for task in wanted if task.phase == phase.slug]
        subjects = [each for task in chosen for each in tasks_about(task, specs, order, custom)]
        if not subjects:
            continue
        number = len(phases) + 1
        tasks = [
            Planned(
                number=f"{number}.{position}",
                blueprint_task=task,
                subject=subject,
                placeholders=placeholders,
                behaviour=behaviours.get(subject) if task.each is Each.CUSTOM else None,
            )
            for position, (task, subject, placeholders) in enumerate(subjects, start=1)
        ]
        phases.append((phase, tasks))
    return phases


def tasks_about(
    task: BlueprintTask, specs: EntitySpecs, order: EntityOrder, custom: tuple[CustomBehaviour, ...]
) -> Iterator[tuple[BlueprintTask, str, dict[str, str]]]:
    """Yield a task for each of its subjects, with the files that there are for it, and its placeholders."""
    for subject, placeholders in subjects_of(task, specs, order, custom):
        facts = facts_about(subject, specs)
        if not task.only_with or task.only_with in facts:
            yield task.about(facts), subject, placeholders


def subjects_of(
    task: BlueprintTask, specs: EntitySpecs, order: EntityOrder, custom: tuple[CustomBehaviour, ...]
) -> list[tuple[str, dict[str, str]]]:
    """Return what a task is repeated for, with the placeholders of each."""
    if task.each is Each.ENTITY:
        return [(entity.name, entity_placeholders(entity)) for entity in order.entities]
    if task.each is Each.CUSTOM:
        return custom_subjects(custom, specs)
    return [(SERVICE, {})]


def entity_placeholders(entity: Entity) -> dict[str, str]:
    """Return the placeholders of an entity."""
    return {**entity_names(entity).model_dump(), "table": entity.table, "path": entity.api_path}


def finish(
    planned: Planned,
    order: EntityOrder,
    coverage: tuple[Coverage, ...],
    blueprint: Blueprint,
    depends: Mapping[str, tuple[str, ...]],
    waves: Mapping[str, int],
) -> Task:
    """Give a task its final shape; what a behaviour adds comes after what the blueprint says."""
    task, behaviour = planned.blueprint_task, planned.behaviour
    details, files, words = (behaviour.details, behaviour.files, behaviour.verification) if behaviour else ((), (), ())
    return Task(
        number=planned.number,
        title=planned.fill(task.title),
        kind=TaskKind.CUSTOM if task.each is Each.CUSTOM else TaskKind.DERIVED,
        details=(*(planned.fill(detail) for detail in task.details), *field_details(planned, order), *details),
        files=(*(planned.fill(file.path) for file in task.files), *files),
        requirements=covered(planned, coverage),
        depends=depends[planned.number],
        wave=waves[planned.number],
        verification=(*blueprint.verification, *(planned.fill(word) for word in task.verification), *words),
        done=planned.fill(task.done),
        blueprint_task="" if task.each is Each.CUSTOM else task.id,
        entity=planned.entity,
    )


def field_details(planned: Planned, order: EntityOrder) -> tuple[str, ...]:
    """Name the fields of an entity in the task that makes its model."""
    if planned.blueprint_task.id != "model":
        return ()
    entity = next(entity for entity in order.entities if entity.name == planned.subject)
    return (f"Fields: {', '.join(f'`{field.name}`' for field in entity.fields)}",)


def dependencies(everything: Iterable[Planned], order: EntityOrder) -> dict[str, tuple[str, ...]]:
    """Resolve what each task needs to the numbers of tasks before it; what is not in this plan is left out."""
    parents = {entity.name: frozenset(parent.name for parent in order.parents(entity)) for entity in order.entities}
    earlier: dict[str, list[Planned]] = {}
    position: dict[str, int] = {}
    found: dict[str, tuple[str, ...]] = {}
    for planned in everything:
        wanted: set[str] = set()
        for need in planned.blueprint_task.needs:
            scope, _, identifier = need.rpartition(":")
            named = needed(scope, planned, earlier.get(identifier, []), parents)
            wanted |= {candidate.number for candidate in named}
        found[planned.number] = tuple(sorted(wanted, key=position.__getitem__))
        position[planned.number] = len(position)
        earlier.setdefault(planned.blueprint_task.id, []).append(planned)
    return found


def needed(
    scope: str, planned: Planned, named: list[Planned], parents: Mapping[str, frozenset[str]]
) -> Sequence[Planned]:
    """Return which of the named tasks are in the scope of a need (see `BlueprintTask.needs`)."""
    if scope == "all":
        return named
    if scope == "before":
        return named[-1:]
    if scope == "parents":
        return [candidate for candidate in named if candidate.subject in parents[planned.subject]]
    return [
        candidate
        for candidate in named
        if candidate.blueprint_task.each is Each.SERVICE or candidate.subject == planned.subject
    ]


def waves_of(depends: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return the wave of each task, in their order: 1 + the largest wave that it waits for."""
    waves: dict[str, int] = {}
    for number, numbers in depends.items():
        waves[number] = 1 + max((waves[each] for each in numbers), default=0)
    return waves


def covered(planned: Planned, coverage: tuple[Coverage, ...]) -> tuple[str, ...]:
    """Return the numbers of the criteria that a task covers."""
    task = planned.blueprint_task
    if task.each is Each.SERVICE and task.feature:
        return tuple(item.number for item in coverage if item.feature == task.feature)
    if task.each is Each.SERVICE and "*" not in task.covers:
        return ()
    return tuple(
        item.number
        for item in coverage
        if item.subject == planned.subject
        and not item.feature
        and (task.each is Each.CUSTOM or "*" in task.covers or item.kind in task.covers)
    )


def must_haves(
    phase: BlueprintPhase, tasks: list[Planned], order: EntityOrder, custom: tuple[CustomBehaviour, ...]
) -> MustHaves:
    """Return what must be true, exist and be wired when the phase is done."""
    entity_truths = [
        about(tasks[0].blueprint_task, entity).fill(truth)
        for entity in order.entities
        for truth in (*phase.entity_truths, *(phase.writing_truths if entity.is_writable else ()))
    ]
    own_truths = [truth for planned in tasks for truth in planned.blueprint_task.truths]
    is_custom = tasks[0].blueprint_task.each is Each.CUSTOM
    behaviours = [truth for each in custom if is_custom for truth in (each.done, *each.truths)]
    return MustHaves(
        truths=(*phase.truths, *own_truths, *entity_truths, *behaviours),
        artifacts=tuple(artifact for planned in tasks for artifact in artifacts(planned)),
        key_links=(
            *(link for planned in tasks for link in key_links(planned)),
            *(link for planned in tasks for link in reference_links(planned, order)),
        ),
    )


def artifacts(planned: Planned) -> tuple[Artifact, ...]:
    """Return the files of a task that must exist with real content, and what they must offer."""
    usual = (
        Artifact(
            path=planned.fill(file.path),
            provides=planned.fill(file.provides),
            exports=tuple(planned.fill(name) for name in file.exports),
        )
        for file in planned.blueprint_task.files
        if file.provides
    )
    behaviour = planned.behaviour
    added = (
        (Artifact(path=path, provides=f"A part of: {behaviour.title}") for path in behaviour.files) if behaviour else ()
    )
    return (*usual, *added)


def key_links(planned: Planned) -> tuple[KeyLink, ...]:
    """Return how the files of a task are wired, as its blueprint says."""
    return tuple(
        KeyLink(
            source=planned.fill(link.source),
            target=planned.fill(link.target),
            via=planned.fill(link.via),
            pattern=planned.fill(link.pattern),
        )
        for link in planned.blueprint_task.links
    )


def about(task: BlueprintTask, entity: Entity) -> Planned:
    """Return a task of an entity, to fill its placeholders."""
    return Planned(number="", blueprint_task=task, subject=entity.name, placeholders=entity_placeholders(entity))


def reference_links(planned: Planned, order: EntityOrder) -> tuple[KeyLink, ...]:
    """Return how the model of an entity refers to the tables of its parents."""
    task = planned.blueprint_task
    if not task.reference:
        return ()
    by_name = {entity.name: entity for entity in order.entities}
    entity = by_name[planned.subject]
    links: list[KeyLink] = []
    for field in foreign_keys(entity):
        parent = by_name[field.foreign_key or ""]
        key = parent.primary_key
        links.append(
            KeyLink(
                source=planned.fill(task.files[0].path),
                target=about(task, parent).fill(task.files[0].path),
                via=f"`{field.name}` is a foreign key",
                pattern=task.reference.format(table=parent.table, key=key.name if key else "id"),
            )
        )
    return tuple(links)
