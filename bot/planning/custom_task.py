"""A custom task: a model writes the code of behaviour that no template knows; its files are judged first."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from bot.documents.frozen import Frozen
from bot.language_model.port import AnswerUnreadableError, LanguageModel, LanguageModelError
from bot.language_model.prompts import render_prompt
from bot.planning.conversation import PlannerError
from bot.planning.written_files import wrong_files

__all__ = ["CustomTaskFiles", "CustomTaskRequest", "CustomTaskWriter"]

MOST_TRIES = 3


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


class CustomTaskFiles(Frozen):
    """The files of a custom task: path → text."""

    files: dict[str, str]


class WrittenFile(BaseModel):
    """One file of an answer."""

    model_config = ConfigDict(extra="forbid")

    path: str
    text: str


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
        """Return exactly the asked files, judged. Raises PlannerError after three tries, with what was tried."""
        findings = [request.problem] if request.problem else []
        for _ in range(MOST_TRIES):
            try:
                answer = await self._model.answer("custom_task", prompt_of(request, findings), CustomTaskAnswer)
            except AnswerUnreadableError as error:
                findings = list(error.findings) or [str(error)]
                continue
            except LanguageModelError as error:
                raise PlannerError(str(error)) from error
            written = [(file.path, file.text) for file in answer.files]
            findings = wrong_files(written, request.paths, request.existing)
            if not findings:
                return CustomTaskFiles(files=dict(written))
        raise PlannerError(
            f"{self._model.name} tried {MOST_TRIES} times to write “{request.title}”, and its files can't be taken: "
            f"{'; '.join(findings[:3])}. Give a hint, or leave the task to people."
        )


def prompt_of(request: CustomTaskRequest, findings: list[str]) -> str:
    """Return the prompt of the decision."""
    behaviour = f"{request.title}\n\nCriterion: {request.criterion}\nIt is done when: {request.done}"
    return render_prompt(
        "custom_task",
        behaviour=behaviour,
        paths=request.paths,
        rules=request.house_rules,
        specs=request.specs,
        existing=tuple(request.existing.items()),
        findings="\n".join(f"- {finding}" for finding in findings) or "(none)",
    )
