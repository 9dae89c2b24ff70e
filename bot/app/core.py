"""What plans are made with, wherever people speak: store, planner, builder and publisher, filled from the settings."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from bot.building.build_run import BuildFolders, BuildRun
from bot.building.custom_task import CustomTasks
from bot.building.edited_files import EditedFiles
from bot.building.imported_task import ImportedTasks
from bot.building.merge_run import MergeRun
from bot.building.trials import Trials
from bot.building.watch import Watch
from bot.engine.durable import Runner
from bot.engine.running import Runs
from bot.planning.built_in.planner import BuiltInPlanner
from bot.planning.conversation import Planner
from bot.planning.imported.task_writer import ImportedTaskWriter
from bot.planning.model.custom_task import CustomTaskWriter
from bot.planning.model.planner import ModelPlanner
from bot.publishing.chosen import ChosenPublisher
from bot.publishing.github import GitHubPublisher
from bot.publishing.github_tokens import AppTokens, GivenToken, Tokens
from bot.publishing.local import LocalPublisher
from bot.settings import Settings
from bot.starting import (
    require_git,
    upgraded,
)
from bot.store.data_folder import DataFolder
from bot.store.database import Database
from bot.verification.sandbox import Sandbox
from bot.workflow.model_calls import KeptAnswers, keep_try, keep_usage
from bot.workflow.planning_run import PlanningRun
from bot.workflow.ports import Publisher, Stage

__all__ = ["Core", "compose", "github_tokens", "publisher_of"]


@dataclass
class Core:
    """What plans are made with, wherever people speak."""

    database: Database
    planner: Planner
    runners: dict[Stage, Runner]
    runs: Runs
    trials: Trials
    repositories: Path
    publisher: Publisher
    watch: Watch
    edited: EditedFiles


async def compose(settings: Settings, data: Path, database_url: str) -> Core:
    """Fill the ports: store, planner, builder, publisher. Raises StartError."""
    require_git()
    database = Database(database_url)
    folder = DataFolder(data)
    await upgraded(folder, database)
    planner, custom, imported = planners(settings, database)
    publisher = publisher_of(settings, folder)
    sandbox = await Sandbox.probe()
    folders = BuildFolders(repositories=folder.repositories, work=folder.work, cache=settings.cache / "environments")
    edited = EditedFiles(folder.repositories, publisher)
    planning = PlanningRun(database, planner, edited.of)
    runs = Runs(database)
    building = BuildRun(database, folders, publisher, sandbox, custom, lambda: runs.stopping, imported)
    watch = Watch(database, folder.repositories, publisher)
    runners = {
        Stage.PLAN: runs.of(Stage.PLAN, planning.run),
        Stage.BUILD: runs.of(Stage.BUILD, then_watched(building.run, watch)),
        Stage.MERGE: runs.of(Stage.MERGE, MergeRun(database, folder.repositories, publisher).run),
    }
    trials = Trials(database, folder.repositories, folders.cache, publisher, sandbox)
    return Core(database, planner, runners, runs, trials, folder.remotes, publisher, watch, edited)


def then_watched(runner: Runner, watch: Watch) -> Runner:
    """Have a plan's repository looked at when a run of it ends: what was left to people gets its issues."""

    async def run(plan_id: str, attempt: int) -> None:
        await runner(plan_id, attempt)
        watch.ring(plan_id)

    return run


def planners(settings: Settings, database: Database) -> tuple[Planner, CustomTasks | None, ImportedTasks | None]:
    """Return the planner, and who builds custom tasks and those of imported plans (None without a model)."""
    if settings.planner == "built-in" or settings.openai_api_key is None:
        return BuiltInPlanner(), None, None

    from bot.language_model.openai_model import OpenAIModel  # costs half a second, and needs a key to be of use

    model = OpenAIModel(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.openai_base_url,
        model=settings.planthread_model,
        on_usage=functools.partial(keep_usage, database, settings.prices),
        on_try=functools.partial(keep_try, database),
    )
    kept = KeptAnswers(model, database, settings.planthread_budget)
    return ModelPlanner(kept), CustomTasks(CustomTaskWriter(kept)), ImportedTasks(ImportedTaskWriter(kept))


def github_tokens(settings: Settings) -> Tokens | None:
    """Return who the bot is on GitHub: who the token says, else the App; None where neither is set."""
    if settings.github_token is not None:
        return GivenToken(settings.github_token.get_secret_value())
    if settings.github_app_id is None or settings.github_app_private_key is None:
        return None
    key = settings.github_app_private_key.get_secret_value()
    return AppTokens(settings.github_app_id, key, settings.github_owner, settings.github_api_url)


def publisher_of(settings: Settings, folder: DataFolder) -> Publisher:
    """Return GitHub where a token or an App is set, with the local remote for who wants it; else that alone."""
    tokens = github_tokens(settings)
    local = LocalPublisher(folder.remotes, settings.public_url)
    if tokens is None:
        return local
    github = GitHubPublisher(
        token=tokens,
        owner=settings.github_owner,
        api_url=settings.github_api_url,
        git_url=settings.github_url,
    )
    return ChosenPublisher(github, local)
