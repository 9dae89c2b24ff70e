"""Rendering: the files of each task, from the blueprint's templates and the prepared view of the specs.

Equal inputs give equal bytes. Python comes out unformatted; `bot.building.tree` formats whole trees at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC
from pathlib import PurePosixPath
from types import SimpleNamespace

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.documents.entities.entity_specs import FEATURES, EntitySpecs
from bot.documents.remembered import remembered
from bot.documents.tasks.task_plan import Task, TaskKind
from bot.generation.blueprint import Blueprint, BlueprintTask, Each
from bot.generation.compiled import CompiledTemplates
from bot.generation.custom import CUSTOM_TASK, module_of
from bot.generation.entity_view import EntityView
from bot.generation.facts import facts_about
from bot.generation.inputs import BuildInputs
from bot.generation.lock import pins_of, project_name, service_lock
from bot.generation.specs_view import SpecsView
from bot.generation.statements import creation, removal
from bot.generation.tables import schema_of
from bot.generation.values import (
    Identifier,
    MarkdownText,
    PythonLiteral,
    QuotedString,
    SlugOrPath,
    Value,
    finalize,
)
from bot.generation.view import specs_view

__all__ = ["render_service", "render_task"]

UV_VERSION = "0.13.8"
"""The uv that the lock was made with."""
VERSION = "0.1.0"
"""The version of a new service."""


def render_service(inputs: BuildInputs) -> dict[str, dict[str, bytes]]:
    """Render every task: its number, and its files by path; a custom task without code has none.

    Raises UnsupportedSpecsError.
    """
    return {
        task.number: {} if is_unwritten(inputs, task) else render_task(inputs, task)
        for task in inputs.task_plan.tasks()
    }


def is_unwritten(inputs: BuildInputs, task: Task) -> bool:
    """Tell whether a task is a custom one that was left to people."""
    return task.kind is TaskKind.CUSTOM and module_of(task) in inputs.unwritten


def render_task(inputs: BuildInputs, task: Task, built: Collection[str] | None = None) -> dict[str, bytes]:
    """Render the files of one task that templates write.

    Of a custom task that is only the router, with the routers of all custom tasks up to this one; ``built`` names
    the numbers of those that have code, where some were left open. Raises UnsupportedSpecsError.
    """
    blueprint = inputs.blueprint
    specs = specs_view(inputs.specs)
    whole_task = blueprint.task(CUSTOM_TASK if task.kind is TaskKind.CUSTOM else task.blueprint_task)
    blueprint_task = whole_task.within(blueprint.parts(inputs.features)).about(facts_about(task.entity, inputs.specs))
    entity = subject_view(blueprint_task, task, specs)
    view = {**service_view(inputs), "entity": entity}
    if modules := custom_modules(inputs, task, built):
        view |= router_view(inputs, modules)
    files: dict[str, bytes] = {}
    is_derived = task.kind is not TaskKind.CUSTOM  # a custom one may have more files, which a model writes
    for path, file in zip(task.files, blueprint_task.files, strict=is_derived):
        if file.template:
            files[path] = render_file(blueprint, file.template, view, inputs)
    return files


def subject_view(blueprint_task: BlueprintTask, task: Task, specs: SpecsView) -> EntityView:
    """Return the entity that a task is about; the tasks of the service try things with the first that clients write."""
    if blueprint_task.each is Each.ENTITY:
        return specs.entity(task.entity)
    return specs.writable[0]


def render_file(blueprint: Blueprint, template: str, view: Mapping[str, object], inputs: BuildInputs) -> bytes:
    """Render one template, make a file of the lock, or copy a file that is none."""
    if template == "uv.lock":
        return service_lock(blueprint, inputs.features).named(project_name(inputs.slug, blueprint)).encode()
    if template == "requirements.txt":
        return service_lock(blueprint, inputs.features).requirements.encode()
    if not template.endswith(".j2"):
        return (blueprint.folder / template).read_bytes()
    return environment(blueprint).get_template(template).render(view).encode()


class TemplateSandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, which asks once for each type and attribute whether templates may see it."""

    def __init__(self, blueprint: Blueprint) -> None:
        """Render a blueprint's templates.

        Escaping for HTML can't do what typed values and `finalize` do for Python, so it stays off.
        """
        super().__init__(
            loader=FileSystemLoader(blueprint.folder),
            bytecode_cache=CompiledTemplates(),
            autoescape=False,
            undefined=StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.answers: dict[tuple[type, str], bool] = {}

    def getattr(self, obj: object, attribute: str) -> object:
        """Return an attribute: data that is known to be safe at once, all else as the sandbox does."""
        if self.answers.get((type(obj), attribute)):
            value = getattr(obj, attribute, None)
            if value is not None and not callable(value):
                return value
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Tell whether templates may see an attribute; the sandbox judges it by the type of its object alone."""
        asked = type(obj), attr
        if asked not in self.answers:
            self.answers[asked] = super().is_safe_attribute(obj, attr, value)
        return self.answers[asked]


@remembered
def environment(blueprint: Blueprint) -> ImmutableSandboxedEnvironment:
    """Return the sandbox that renders a blueprint's templates: typed values only, and nothing undefined."""
    return TemplateSandbox(blueprint)


@remembered
def service_view(inputs: BuildInputs) -> dict[str, object]:
    """Return what is true for the whole service."""
    blueprint, specs = inputs.blueprint, specs_view(inputs.specs)
    flags = feature_flags(blueprint, inputs.features)
    pins = pins_of(blueprint, inputs.features)
    started = inputs.day.astimezone(UTC).strftime("%Y-%m-%d")
    return {
        "specs": specs,
        "tables": initial_tables(inputs.specs),
        "project": SlugOrPath(project_name(inputs.slug, blueprint)),
        "compose_name": QuotedString.of(inputs.slug),
        "title": PythonLiteral.of(inputs.name),
        "description": QuotedString.of(inputs.name),
        "heading": MarkdownText.of(inputs.name),
        "introduction": MarkdownText.of(inputs.requirements.introduction) if inputs.requirements.introduction else None,
        "dependencies": [QuotedString.of(pin) for pin in pins.dependencies],
        "development_dependencies": [QuotedString.of(pin) for pin in pins.development],
        "version": SlugOrPath(VERSION),
        "uv_version": SlugOrPath(UV_VERSION),
        "created": SlugOrPath(started),
        "features": flags,
        "left_to_people": [left_to_people(task) for task in inputs.task_plan.tasks() if is_unwritten(inputs, task)],
        "key_template": PythonLiteral.of("/{key}"),
        **faces(specs, flags),
        **router_view(inputs, []),
    }


def left_to_people(task: Task) -> dict[str, Value]:
    """Return what people are told of a custom task that has no code: what it is, when it is done, where it belongs."""
    return {
        "title": MarkdownText.of(task.title),
        "done": MarkdownText.of(task.done),
        "path": SlugOrPath(task.files[0]),
    }


@remembered
def initial_tables(specs: EntitySpecs) -> dict[str, Sequence[Value]]:
    """Return the statements of the initial migration, up and down, and the names of the tables."""
    schema = schema_of(specs)
    names = [PythonLiteral.of(name) for name in sorted(table.name for table in schema.tables)]
    return {"creation": creation(schema), "removal": removal(schema), "names": names}


def feature_flags(blueprint: Blueprint, features: Collection[str]) -> SimpleNamespace:
    """Return a truth for each feature that there is and each shared part: ``features.rate_limit`` and so on."""
    parts = blueprint.parts(features)
    return SimpleNamespace(**{name.replace("-", "_"): name in parts for name in {*FEATURES, *blueprint.shared_parts}})


def faces(specs: SpecsView, features: SimpleNamespace) -> dict[str, list[PythonLiteral]]:
    """Return what each package offers, sorted."""
    names = [view.name.text for view in specs.entities]
    listeners = ["record", "sign"] if any(view.is_audited for view in specs.entities) else []
    listeners += ["note_flushed"] if getattr(features, "changes", False) else []
    offered = {
        "model_names": ["Base", *names],
        "schema_names": [
            f"{view.name.text}{suffix}"
            for view in specs.entities
            for suffix in (("Create", "Query", "Read", "Update") if view.is_writable else ("Query", "Read"))
        ],
        "repository_names": ["RepositoryBase", *(f"{name}Repository" for name in names), *listeners],
        "service_names": [f"{name}Service" for name in names],
    }
    return {face: [PythonLiteral.of(name) for name in sorted(all_names)] for face, all_names in offered.items()}


def feature_modules(inputs: BuildInputs, blueprint: Blueprint) -> list[str]:
    """Return the modules of routes that features bring."""
    files = [file.path for task in blueprint.tasks if task.feature in inputs.features for file in task.files]
    return [PurePosixPath(path).stem for path in files if path.startswith("app/api/endpoints/")]


def router_view(inputs: BuildInputs, modules: list[str]) -> dict[str, object]:
    """Return the modules of routes that the router includes, among them these of custom behaviours."""
    collections = [view.collection.text for view in specs_view(inputs.specs).entities]
    of_features = feature_modules(inputs, inputs.blueprint)
    return {
        "endpoint_modules": [Identifier(name) for name in sorted({*collections, *of_features, *modules})],
        "custom_modules": [Identifier(name) for name in modules],
    }


def custom_modules(inputs: BuildInputs, task: Task, built: Collection[str] | None) -> list[str]:
    """Return the modules of the custom behaviours that exist once a custom task is done; none before the first."""
    if task.kind is not TaskKind.CUSTOM:
        return []
    modules: list[str] = []
    for candidate in inputs.task_plan.tasks():
        is_there = not is_unwritten(inputs, candidate) if built is None else candidate.number in built
        if candidate.kind is TaskKind.CUSTOM and (is_there or candidate.number == task.number):
            modules.append(module_of(candidate))
        if candidate.number == task.number:
            break
    return modules
