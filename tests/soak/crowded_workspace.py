"""The local workspace with fifty people and twenty channels, failing now and then as Slack does.

``python -m tests.soak.crowded_workspace`` takes the options of `bot.local_workspace`. ``SOAK_FAULTS`` is how many of a
thousand calls fail in each way; the same ``SOAK_SEED`` fails in the same order.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.local_workspace import directory
from tests.soak.fast_clock import fast_times

__all__ = ["CHANNELS", "PEOPLE"]

PEOPLE = tuple(f"Person{number:02}" for number in range(1, 51))
CHANNELS = tuple(f"team{number:02}" for number in range(1, 21))
SPARED = {"auth.test", "apps.connections.open"}
"""Calls at the start of a bot: without them it says what is wrong, and ends."""
SECONDS_BETWEEN_CUTS = (8.0, 25.0)


def settle() -> None:
    """Let the people and channels of the soak live in the workspace, before anything else of it is imported."""
    people = [directory.Person(f"U0{name.upper()}", name, name) for name in PEOPLE]
    channels = [directory.Channel(f"C0{name.upper()}", name) for name in CHANNELS]
    direct = [directory.Channel(f"D0{one.name.upper()}", "", kind="im", partner=one.id) for one in people]
    everybody = (*(one.id for one in people), directory.BOT_USER)
    directory.PEOPLE = (*people, *directory.PEOPLE)  # type: ignore[assignment]
    directory.CHANNELS = (*channels, *direct, *directory.CHANNELS)  # type: ignore[assignment]
    directory.MEMBERS |= {channel.id: everybody for channel in channels}
    directory.MEMBERS |= {channel.id: (channel.partner, directory.BOT_USER) for channel in direct}
    directory.PEOPLE_BY_ID |= {one.id: one for one in people}
    directory.CHANNELS_BY_ID |= {channel.id: channel for channel in (*channels, *direct)}


def fail_now_and_then(chance: random.Random, of_a_thousand: int) -> None:
    """Answer some calls of the Web API late, not at all, or as a server does that has too much to do."""
    from bot.local_workspace.web_api import WebApi

    call = WebApi.call

    async def failing(api: WebApi, request: Request) -> Response:
        fate = chance.randrange(1000) // of_a_thousand if of_a_thousand else -1
        if request.path_params["method"] in SPARED or fate not in range(5):
            return await call(api, request)
        if fate == 0:
            return PlainTextResponse("slow down", 429, {"Retry-After": "1"})
        if fate == 1:
            return PlainTextResponse("Bad Gateway", 502)
        if fate == 2:
            await call(api, request)  # taken, but nobody hears of it
            return PlainTextResponse("Gateway Timeout", 504)
        if fate == 3:
            await asyncio.sleep(chance.uniform(0.2, 1.5))
            return await call(api, request)
        return Response('{"ok": false, "error": "internal_error"}', media_type="application/json")

    WebApi.call = failing  # type: ignore[assignment,method-assign]


def say_things_twice(chance: random.Random) -> None:
    """Send some events again although they were taken, as Slack does."""
    from bot.local_workspace.delivery import Delivery

    tell = Delivery.tell

    def repeating(delivery: Delivery, payload: directory.Json) -> None:
        tell(delivery, payload)
        if chance.randrange(20) == 0:
            tell(delivery, payload)

    Delivery.tell = repeating  # type: ignore[assignment,method-assign]


def cut_sockets(chance: random.Random) -> None:
    """Close the bot's socket every now and then."""
    from starlette.websockets import WebSocket

    from bot.local_workspace.socket_mode import SocketMode

    serve = SocketMode.serve

    async def cut(mode: SocketMode, socket: WebSocket) -> None:
        async def later() -> None:
            await asyncio.sleep(chance.uniform(*SECONDS_BETWEEN_CUTS))
            await socket.close()

        cutting = asyncio.create_task(later())
        try:
            await serve(mode, socket)
        finally:
            cutting.cancel()

    SocketMode.serve = cut  # type: ignore[assignment,method-assign]


def main() -> int:
    """Be the workspace."""
    settle()
    chance = random.Random(os.environ.get("SOAK_SEED", "1"))  # noqa: S311 - faults, no secrets
    of_a_thousand = int(os.environ.get("SOAK_FAULTS", "0"))
    from bot.local_workspace import __main__ as program
    from bot.local_workspace import history, workspace

    modules: tuple[Any, ...] = (history, workspace)
    for module in modules:
        module.time = fast_times
    fail_now_and_then(chance, of_a_thousand)
    if of_a_thousand:
        say_things_twice(chance)
        cut_sockets(chance)
    return program.main()


if __name__ == "__main__":
    sys.exit(main())
