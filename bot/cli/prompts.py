"""`planthread prompts`: what a model would be asked, word for word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.configuration import Output, fail, repository_or_exit, settings_or_exit

if TYPE_CHECKING:
    from bot.planning.conversation import Conversation

__all__ = ["prompts"]

SAMPLE = "A library: books with a title and a price; members with a name and an e-mail. A member borrows many books."
LARGEST_BRIEF = 100_000
"""Characters of a brief."""

prompts = typer.Typer(no_args_is_help=True, help="What a model is asked: the prompts of every decision.")


@prompts.callback()
def group() -> None:
    """Keep `show` a command of its own, though it is the only one."""


@prompts.command()
def show(
    decision: Annotated[
        str,
        typer.Argument(
            help="interview, requirements, entity_specs, task_plan, revision, custom_task, imported_task or repair.",
            show_default=False,
        ),
    ],
    brief: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="What people said: a text, or a brief as in evals/ (TOML)."),
    ] = None,
    repository: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="An existing repository that the plan is for. Nothing in it is run."),
    ] = None,
    output: Annotated[
        Output, typer.Option("--format", help="As text, or the request's body as JSON, byte for byte what is sent.")
    ] = Output.TEXT,
) -> None:
    """Print exactly what would be sent for a decision: the system's text, the prompt and the schema of the answer.

    Where a decision rests on earlier ones, the built-in planner's and a sample behaviour stand in for them.
    """
    import asyncio
    import json

    from bot.cli.findings import printable
    from bot.generation.errors import UnsupportedSpecsError
    from bot.inspection.kept import for_keeping
    from bot.language_model.openai_model import AnswerForm, request
    from bot.planning.conversation import PlannerError
    from bot.planning.model.shown_prompts import SHOWN_DECISIONS, what_is_asked

    if decision not in SHOWN_DECISIONS:
        raise fail([f"there is no decision {decision}; these are: {', '.join(SHOWN_DECISIONS)}."])
    settings = settings_or_exit()
    conversation = conversation_of(brief)
    if repository is not None:
        kept = for_keeping(repository_or_exit(repository))
        conversation = conversation.model_copy(update={"repository": kept})
    try:
        asked = asyncio.run(what_is_asked(decision, conversation))
    except (PlannerError, UnsupportedSpecsError) as error:
        raise fail([f"the brief gives no plan that {decision} could rest on. {error}"], 1) from None
    body = request(settings.planthread_model, asked.decision, asked.prompt, asked.schema, AnswerForm.SCHEMA)
    if output is Output.JSON:
        typer.echo(json.dumps(body, ensure_ascii=False, indent=1))
        return
    for message in body["messages"]:
        typer.echo(f"----- {message['role']} -----\n{printable(message['content'])}")
    typer.echo(f"----- schema -----\n{json.dumps(body['response_format'], ensure_ascii=False, indent=1)}")


def conversation_of(brief: Path | None) -> Conversation:
    """Return the conversation of a brief, or of a sample, or leave with what is wrong with the file."""
    from bot.planning.conversation import Conversation, Message

    if brief is None:
        return Conversation(messages=(Message(author="someone", text=SAMPLE, timestamp=""),))
    if brief.suffix.lower() == ".toml":
        from bot.evaluation.briefs import BriefError, read_brief

        try:
            read = read_brief(brief)
        except BriefError as error:
            raise fail([str(error)]) from None
        return Conversation(messages=(Message(author="someone", text=read.brief, timestamp=""),))
    try:
        text = brief.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise fail([f"{brief} can't be read ({error}). Give a text in UTF-8."]) from None
    if not text.strip() or len(text) > LARGEST_BRIEF:
        raise fail([f"{brief} must hold a text of 1 to {LARGEST_BRIEF} characters."])
    return Conversation(messages=(Message(author="someone", text=text, timestamp=""),))
