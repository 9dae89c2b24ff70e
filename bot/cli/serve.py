"""`planthread serve`: the bot for a real workspace."""

from __future__ import annotations

from bot.cli.configuration import fail, settings_or_exit

__all__ = ["serve"]


def serve() -> None:
    """Run the bot for a Slack workspace: Socket Mode where SLACK_APP_TOKEN is set, else signed HTTP."""
    settings = settings_or_exit()
    problems = settings.problems_of_serving()
    if problems:
        raise fail(problems)

    import asyncio

    from bot.app.serving import serve as serve_bot
    from bot.starting import StartError
    from bot.store.migrate import NewerSchemaError

    try:
        asyncio.run(serve_bot(settings))
    except (StartError, NewerSchemaError) as error:
        raise fail([str(error)], 1) from None
