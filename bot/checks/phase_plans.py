"""Rules over the plans of phases together: dependencies, waves, shared files, and what must be made side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bot.checks.cycles import find_cycles
from bot.checks.layers import Step, apart_from_their_models, lacks_migration, lacks_tests, normal_path, out_of_order
from bot.checks.must_haves import made_by_nobody, names_of_files
from bot.checks.phase_plan import auto_tasks, files_of, shown, texts_of
from bot.checks.plan_keys import PlanKey, key_of, named_plan, phase_number
from bot.checks.registry import Problem, RuleSet, quote
from bot.documents.findings import Finding, Place, Severity
from bot.documents.phases.phase_plan import PhasePlan

__all__ = ["PHASE_PLANS_RULES", "PhasePlans", "check_phase_plans"]


@dataclass(frozen=True)
class PhasePlans:
    """Plans by the paths of their files."""

    plans: Mapping[str, PhasePlan]

    @cached_property
    def keys(self) -> Mapping[str, PlanKey]:
        """Return the key of each plan that has one, by path."""
        keys = {path: key_of(path, plan.phase, plan.plan) for path, plan in self.plans.items()}
        return {path: key for path, key in keys.items() if key}

    @cached_property
    def paths(self) -> Mapping[PlanKey, str]:
        """Return the path of each key; the first where two plans have one."""
        return {key: path for path, key in reversed(tuple(self.keys.items()))}

    @cached_property
    def dependencies(self) -> Mapping[str, tuple[PlanKey, ...]]:
        """Return the plans that each plan names as its dependencies, by path; prose names none."""
        return {
            path: tuple(
                key
                for text in plan.depends_on
                if (key := named_plan(text, self.phase_of(path))) and key != self.keys.get(path)
            )
            for path, plan in self.plans.items()
        }

    @cached_property
    def phases(self) -> Mapping[str, tuple[str, ...]]:
        """Return the paths of each phase's plans."""
        phases: dict[str, list[str]] = {}
        for path in self.plans:
            phases.setdefault(self.phase_of(path), []).append(path)
        return {phase: tuple(paths) for phase, paths in phases.items()}

    @cached_property
    def whole_phases(self) -> Mapping[str, tuple[str, ...]]:
        """Return the phases of which every plan seems to be there: numbered from 1, with all their dependencies."""
        return {phase: paths for phase, paths in self.phases.items() if self.is_whole(phase, paths)}

    def is_whole(self, phase: str, paths: tuple[str, ...]) -> bool:
        """Tell whether no plan of a phase is missing, as far as numbers and dependencies tell.

        A dependency that is told to be missing silences nothing: the other plans are all that there is.
        """
        wanted = {key for path in paths for key in self.dependencies[path] if key.phase == phase}
        numbers = {int(self.keys[path].plan) for path in paths if path in self.keys and self.keys[path].plan.isdigit()}
        is_there = all(key in self.paths or self.is_missing(key) for key in wanted)
        return is_there and numbers == set(range(1, len(numbers) + 1))

    def is_missing(self, key: PlanKey) -> bool:
        """Tell whether a plan isn't there, and others of its phase are; beside one plan alone none is missed."""
        return key not in self.paths and key.phase in self.phases and len(self.plans) > 1

    def phase_of(self, path: str) -> str:
        """Return the phase of a plan: that of its key, else the number of its phase."""
        key = self.keys.get(path)
        return key.phase if key else phase_number(self.plans[path].phase)

    def in_phase(self, path: str) -> Iterator[str]:
        """Yield the paths of the plans that a plan depends on and that are of its own phase."""
        for key in self.dependencies[path]:
            if key.phase == self.phase_of(path) and key in self.paths:
                yield self.paths[key]

    def name(self, path: str) -> str:
        """Return how messages call a plan."""
        return str(self.keys[path]) if path in self.keys else path


PHASE_PLANS_RULES: RuleSet[PhasePlans] = RuleSet("PLAN.md")
rule = PHASE_PLANS_RULES.rule


def check_phase_plans(
    plans: Mapping[str, PhasePlan], places: Mapping[str, Mapping[str, Place]] | None = None
) -> tuple[Finding, ...]:
    """Return what the rules find in plans together, given by path; one plan alone is judged as a phase of one plan.

    Plans below two folders called ``phases`` are two undertakings, judged apart.
    ``places`` are those of each reading, by path: ``wave``, ``depends_on``, ``files_modified``, ``must_haves``.
    """
    known = {path: Place(file=path) for path in plans}
    for path, found in (places or {}).items():
        known |= {f"{path}#{subject}": place for subject, place in found.items()}
    undertakings: dict[str, dict[str, PhasePlan]] = {}
    for path, plan in plans.items():
        undertakings.setdefault(undertaking_of(path), {})[path] = plan
    return tuple(
        PHASE_PLANS_RULES.finding(described, replace(problem, subject=nearest(problem.subject, known)), known)
        for together in map(PhasePlans, undertakings.values())
        for described, check in PHASE_PLANS_RULES.checks
        for problem in check(together)
    )


def undertaking_of(path: str) -> str:
    """Return what comes before the folder ``phases`` in a path; empty where there is no such folder."""
    return path.replace("\\", "/").rpartition("phases/")[0]


def nearest(subject: str, known: Mapping[str, Place]) -> str:
    """Return the subject, else what holds it, else the path of its plan: whichever has a place first."""
    path, _, inside = subject.rpartition("#")
    if path not in known:
        return subject
    around = (inside, inside.rpartition("[")[0], inside.partition(".")[0])
    return next((f"{path}#{name}" for name in around if f"{path}#{name}" in known), path)


@rule(
    "PT521",
    "A plan depends only on plans that are there",
    Severity.ERROR,
    "A plan that waits for one that isn't there never starts.",
)
def depends_on_plans(plans: PhasePlans) -> Iterator[Problem]:
    """Find dependencies on plans that are missing from a phase of which plans are there."""
    for path, keys in plans.dependencies.items():
        for key in keys:
            if plans.is_missing(key):
                message = f"{plans.name(path)} depends on {key}, and phase {key.phase} has no such plan."
                yield Problem(f"{path}#depends_on", message, "Name a plan that is there, or take the dependency out.")


@rule(
    "PT522",
    "Plans don't wait for each other in a circle",
    Severity.ERROR,
    "No plan of a circle can ever start.",
)
def has_no_circle(plans: PhasePlans) -> Iterator[Problem]:
    """Find circles of dependencies, with their path."""
    edges = {
        path: [plans.paths[key] for key in keys if key in plans.paths] for path, keys in plans.dependencies.items()
    }
    for path, plan in plans.plans.items():
        phase = plans.phase_of(path)
        if path in plans.keys and any(named_plan(text, phase) == plans.keys[path] for text in plan.depends_on):
            edges[path].append(path)
    for cycle in find_cycles(edges):
        names = " → ".join(plans.name(path) for path in cycle)
        message = f"These plans wait for each other: {names}."
        yield Problem(f"{cycle[0]}#depends_on", message, "Take one of these dependencies out, or split a plan.")


@rule(
    "PT523",
    "A plan is in a later wave than the plans of its phase that it depends on",
    Severity.ERROR,
    "Plans of one wave are worked on side by side, so none of them may need another.",
)
def waits_for_its_dependencies(plans: PhasePlans) -> Iterator[Problem]:
    """Find plans in the wave of a dependency or in an earlier one."""
    for path, plan in plans.plans.items():
        for other in plans.in_phase(path):
            before = plans.plans[other].wave
            if plan.wave is not None and before is not None and plan.wave <= before:
                message = (
                    f"{plans.name(path)} is in wave {plan.wave} and depends on {plans.name(other)} of wave {before}."
                )
                yield Problem(f"{path}#wave", message, f"Put it in wave {before + 1} or later.")


@rule(
    "PT524",
    "A plan's wave is one more than the largest wave that it depends on",
    Severity.WARNING,
    "A later wave than needed holds work up; an earlier one is another rule's matter.",
)
def follows_wave_rule(plans: PhasePlans) -> Iterator[Problem]:
    """Find plans in a later wave than their dependencies give; waves may begin anew in each phase or go on."""
    for path, plan in plans.plans.items():
        keys = plans.dependencies[path]
        waves = [plans.plans[plans.paths[key]].wave for key in keys if key in plans.paths]
        known = [wave for wave in waves if wave is not None]
        wanted = 1 + max(known, default=0)
        if plan.wave is not None and len(known) == len(plan.depends_on) and plan.wave > wanted:
            message = f"{plans.name(path)} is in wave {plan.wave}, and its dependencies put it in wave {wanted}."
            yield Problem(f"{path}#wave", message, f"Put it in wave {wanted}, or name what it waits for.")


@rule(
    "PT525",
    "No two plans of one wave modify the same file",
    Severity.ERROR,
    "Plans of a wave are worked on side by side, so one of them would undo the other.",
)
def shares_no_file_in_a_wave(plans: PhasePlans) -> Iterator[Problem]:
    """Find files that two plans of one wave of a phase modify; one finding for each pair of plans."""
    writers: dict[tuple[str, int, str], str] = {}
    shared: dict[tuple[str, str], list[str]] = {}
    for path, plan in plans.plans.items():
        for file in files_of(plan) if plan.wave is not None else ():
            writer = writers.setdefault((plans.phase_of(path), plan.wave or 0, file.casefold()), path)
            if writer != path:
                shared.setdefault((writer, path), []).append(file)
    for (first, second), files in shared.items():
        wave = plans.plans[second].wave
        message = f"{plans.name(first)} and {plans.name(second)} of wave {wave} both modify {shown(files)}."
        yield Problem(f"{second}#files_modified", message, f"Put {plans.name(second)} in a later wave.")


@rule(
    "PT526",
    "Every plan of a phase has a number of its own",
    Severity.ERROR,
    "Summaries, dependencies and evidence name plans by number.",
)
def has_own_number(plans: PhasePlans) -> Iterator[Problem]:
    """Find plans that have the same phase and number."""
    for path, key in plans.keys.items():
        if plans.paths[key] != path:
            message = f"{quote(path)} and {quote(plans.paths[key])} are both plan {key}."
            yield Problem(f"{path}#plan", message, "Give the later one the next free number.")


@rule(
    "PT527",
    "The plans make every artifact of the must-haves, and the files in which key links are wired",
    Severity.WARNING,
    "A file that must exist and that nobody writes can't be there when the phase is done.",
)
def makes_its_must_haves(plans: PhasePlans) -> Iterator[Problem]:
    """Find artifacts and sources of key links that no plan writes; a target may have been there before."""
    made = names_of_files(file for plan in plans.plans.values() for file in files_of(plan))
    whole = [path for paths in plans.whole_phases.values() for path in paths]
    for path, plan in ((path, plans.plans[path]) for path in whole):
        missing = made_by_nobody((artifact.path for artifact in plan.must_haves.artifacts), made)
        if missing:
            message = f"{plans.name(path)} must have {shown(missing)}, and no task makes that."
            yield Problem(f"{path}#must_haves.artifacts", message, "Add it to the files of a task.")
        for position, link in enumerate(plan.must_haves.key_links):
            ends = made_by_nobody((link.source, link.target), ())
            loose = made_by_nobody((link.source, link.target), made)
            if loose and (loose == ends or normal_path(link.source) in loose):
                message = f"A key link of {plans.name(path)} begins or ends at {shown(loose)}, and no task makes that."
                subject = f"{path}#must_haves.key_links[{position}]"
                yield Problem(subject, message, "Add it to the files of a task, or mend the link.")


@rule(
    "PT528",
    "A plan makes files of a feature after the plans that make its lower layers",
    Severity.WARNING,
    "A service that is written before its model is written against a guess.",
)
def follows_layers(plans: PhasePlans) -> Iterator[Problem]:
    """Find files that a plan of an earlier wave makes before a lower layer of the same feature."""
    for paths in plans.phases.values():
        waves = {path: plans.plans[path].wave for path in paths}
        steps = [Step(path, files_of(plans.plans[path]), wave) for path, wave in waves.items() if wave is not None]
        for found in out_of_order(steps, closes=False):
            path = found.user_step.name
            first, second = plans.name(path), plans.name(found.needed_step.name)
            step = f"Let {first} depend on {second}, in a later wave."
            yield Problem(written_at(plans, path, found.user.path), found.message(first, second), step)


@rule(
    "PT529",
    "A phase whose plans make models makes their migration",
    Severity.WARNING,
    "A model without migration has no table where the service runs.",
)
def migrates_its_models(plans: PhasePlans) -> Iterator[Problem]:
    """Find phases with models and without migration."""
    for paths in plans.whole_phases.values():
        models = lacks_migration(files_in(plans, paths), texts_in(plans, paths))
        if models:
            path = maker(plans, paths, models[0])
            message = f"{plans.name(path)} makes {quote(models[0])}, and its phase makes no migration."
            yield Problem(written_at(plans, path, models[0]), message, "Add a migration to the phase.")


@rule(
    "PT530",
    "A phase whose plans make code makes tests",
    Severity.WARNING,
    "Code without a test is shown to work by nothing.",
)
def tests_its_code(plans: PhasePlans) -> Iterator[Problem]:
    """Find phases with schemas, repositories, services or endpoints and without any test."""
    for paths in plans.whole_phases.values():
        is_driven = any(plans.plans[path].features for path in paths)
        code = lacks_tests(files_in(plans, paths), texts_in(plans, paths))
        if code and not is_driven:
            path = maker(plans, paths, code[0])
            message = f"{plans.name(path)} makes {quote(code[0])}, and its phase makes no test."
            yield Problem(written_at(plans, path, code[0]), message, "Add tests to the tasks that make the code.")


@rule(
    "PT531",
    "Plans make schemas in the phase of the models that they mirror",
    Severity.WARNING,
    "They change together; apart, one of them is out of date for a whole phase.",
)
def keeps_schemas_with_models(plans: PhasePlans) -> Iterator[Problem]:
    """Find a model and its schema in two phases."""
    phases = [(phase, files_in(plans, paths)) for phase, paths in plans.phases.items()]
    for phase, model, other, schema in apart_from_their_models(phases):
        message = f"{quote(model.path)} is made in phase {phase} and {quote(schema.path)} in phase {other}."
        path = maker(plans, plans.phases[other], schema.path)
        yield Problem(written_at(plans, path, schema.path), message, "Make both in one phase.")


def files_in(plans: PhasePlans, paths: Iterable[str]) -> tuple[str, ...]:
    """Return the files that some plans write."""
    return tuple(file for path in paths for file in files_of(plans.plans[path]))


def texts_in(plans: PhasePlans, paths: Iterable[str]) -> tuple[str, ...]:
    """Return what some plans say."""
    return tuple(text for path in paths for text in texts_of(plans.plans[path]))


def maker(plans: PhasePlans, paths: tuple[str, ...], file: str) -> str:
    """Return the path of the first of some plans that writes a file."""
    return next(path for path in paths if file in files_of(plans.plans[path]))


def written_at(plans: PhasePlans, path: str, file: str) -> str:
    """Return the subject at which a plan says that it writes a file: a task, a feature, else its front matter."""
    plan = plans.plans[path]
    for position, task in auto_tasks(plan):
        if file in map(normal_path, task.files):
            return f"{path}#tasks[{position}].files"
    for position, feature in enumerate(plan.features):
        if file in map(normal_path, feature.files):
            return f"{path}#features[{position}]"
    return f"{path}#files_modified"
