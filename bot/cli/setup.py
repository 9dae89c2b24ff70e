"""`planthread setup`: fetches the generated service's packages once, so that nothing later needs a network."""

from __future__ import annotations

import typer

from bot.cli.configuration import fail, settings_or_exit

__all__ = ["setup"]


def setup() -> None:
    """Fetch the packages that checks of generated services run with."""
    settings = settings_or_exit()

    import asyncio

    from bot.resources import resource
    from bot.verification.environments import EnvironmentNotReady, prepare_environment

    blueprint = resource("templates/fastapi")
    try:
        asyncio.run(
            prepare_environment(
                (blueprint / "pyproject.toml").read_bytes(),
                (blueprint / "uv.lock").read_bytes(),
                settings.cache / "environments",
            )
        )
    except EnvironmentNotReady as error:
        raise fail([str(error)], 1) from None
    typer.echo(f"the generated service's packages are in {settings.cache}")
