"""A custom task: a model writes the code of behaviour that no template knows; its files are judged first."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from bot.documents.frozen import Frozen
from bot.language_model.port import LanguageModel
from bot.language_model.prompts import render_prompt
from bot.planning.model.asking import ask, listed
from bot.planning.model.written_files import WrittenFile, wrong_files

__all__ = ["CustomTaskAnswer", "CustomTaskFiles", "CustomTaskRequest", "CustomTaskWriter"]


class CustomTaskRequest(Frozen):
    """What a model is told about a custom task.

    ``specs`` is the text of the service's entity_specs, ``paths`` are the files it must write, ``existing`` are files
    that it should know, ``problem`` is what an earlier attempt failed with. ``house_rules`` are the lines of those that
    hold in the workspace (`bot.documents.house_rules`).
    """

    title: str
    criterion: str
    done: str
    specs: str
    paths: tuple[str, ...]
    existing: Mapping[str, str]
    house_rules: tuple[str, ...]
    problem: str = ""
    notes: tuple[str, ...] = ()
    """What people said while the service was built."""


class CustomTaskFiles(Frozen):
    """The files of a custom task: path → text."""

    files: dict[str, str]


class CustomTaskAnswer(BaseModel):
    """The answer of the decision ``custom_task``."""

    model_config = ConfigDict(extra="forbid")

    files: list[WrittenFile]


class CustomTaskWriter:
    """Writes custom tasks with a language model."""

    def __init__(self, language_model: LanguageModel) -> None:
        """Write with this model."""
        self._model = language_model

    async def write(self, request: CustomTaskRequest) -> CustomTaskFiles:
        """Return exactly the asked files, judged. Raises PlannerError after three repairs, with what was tried."""

        def judge(given: CustomTaskAnswer) -> list[str]:
            return wrong_files([(file.path, file.text) for file in given.files], request.paths, request.existing)

        answer = await ask(
            self._model,
            "custom_task",
            prompt_of(request),
            CustomTaskAnswer,
            judge,
            f"the files of “{request.title}”",
            "Give a hint, or leave the task to people.",
        )
        return CustomTaskFiles(files={file.path: file.text for file in answer.files})


def prompt_of(request: CustomTaskRequest) -> str:
    """Return the prompt of the decision."""
    behaviour = f"{request.title}\n\nCriterion: {request.criterion}\nIt is done when: {request.done}"
    return render_prompt(
        "custom_task",
        behaviour=behaviour,
        paths=request.paths,
        rules=request.house_rules,
        specs=request.specs,
        existing=tuple(request.existing.items()),
        notes="\n\n".join(request.notes),
        findings=listed([request.problem] if request.problem else []),
    )
