"""A running workspace for tests, and people who act in it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.local_workspace.delivery import Timing
from bot.local_workspace.server import WorkspaceServer, listening_socket
from bot.local_workspace.workspace import Options, Workspace

type Json = dict[str, Any]

PATIENCE_SECONDS = 60.0
PATIENT = Timing(acknowledgement=30.0, again=(0.0, 0.1, 0.1), trigger=30.0)
"""A loaded machine must not look like an app that doesn't answer; tests of that bring a timing of their own."""


@contextlib.asynccontextmanager
async def running_workspace(data: Path, **changes: Any) -> AsyncIterator[Workspace]:
    """Serve a workspace on a free port of this machine; ``changes`` are fields of its options."""
    bound = listening_socket("127.0.0.1", 0)
    address = f"http://127.0.0.1:{bound.getsockname()[1]}"
    workspace = Workspace(replace(Options(data=data, address=address, timing=PATIENT), **changes))
    server = WorkspaceServer(workspace)
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    await until(lambda: server.started)
    try:
        yield workspace
    finally:
        server.should_exit = True
        await serving


async def until(condition: Callable[[], Any]) -> Any:
    """Wait until a condition gives something true, and return it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (found := condition()):
            await asyncio.sleep(0.01)
    return found


@contextlib.asynccontextmanager
async def connected(app: AsyncApp, workspace: Workspace) -> AsyncIterator[None]:
    """Connect a Bolt app over Socket Mode."""
    handler = AsyncSocketModeHandler(app, workspace.options.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
    await until(lambda: workspace.socket_mode.connected)
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # as above
        await handler.client.aiohttp_client_session.close()


def bolt_app(workspace: Workspace) -> AsyncApp:
    """Return a Bolt app that talks to the workspace, with nothing of it changed."""
    return AsyncApp(token=workspace.options.bot_token, client=web_client(workspace))


def web_client(workspace: Workspace, token: str = "") -> AsyncWebClient:
    """Return slack_sdk's client; it never tries a call twice, so that each refusal is seen."""
    address = f"{workspace.options.address}/api/"
    return AsyncWebClient(token=token or workspace.options.bot_token, base_url=address, retry_handlers=[])


class PersonAtWork:
    """Someone who uses the workspace through the person API."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.name = name
        self.http = httpx.AsyncClient(base_url=f"{workspace.options.address}/workspace/", timeout=PATIENCE_SECONDS)

    async def get(self, path: str, **arguments: Any) -> Json:
        """Read something."""
        answer: Json = (await self.http.get(path, params={"as": self.name, **arguments})).json()
        return answer

    async def do(self, path: str, **arguments: Any) -> Json:
        """Do something, whatever comes of it."""
        answer: Json = (await self.http.post(path, json={"as": self.name, **arguments})).json()
        return answer

    async def say(self, text: str, channel: str = "general", **arguments: Any) -> Json:
        """Post a message and return it."""
        answer = await self.do("messages", channel=channel, text=text, **arguments)
        assert answer["ok"], answer
        message: Json = answer["message"]
        return message

    async def upload(self, files: dict[str, bytes]) -> list[str]:
        """Upload files that go with a message or a form, and return their ids."""
        ids = []
        for name, content in files.items():
            query = {"as": self.name, "name": name, "hold": "1"}
            held = (await self.http.post("files", params=query, content=content)).json()
            assert held["ok"], held
            ids.append(held["file"]["id"])
        return ids

    async def drop(self, files: dict[str, bytes], text: str = "", channel: str = "general", **arguments: Any) -> Json:
        """Post a message with files and return it."""
        ids = await self.upload(files)
        answer = await self.do("messages", channel=channel, text=text, files=ids, **arguments)
        assert answer["ok"], answer
        message: Json = answer["message"]
        return message

    async def plan(self, text: str, channel: str = "general", **arguments: Any) -> Json:
        """Run ``/plan``."""
        return await self.do("commands", channel=channel, command="/plan", text=text, **arguments)

    async def sees(self, words: str, channel: str = "general", thread_ts: str = "") -> Json:
        """Wait until a message with these words is there, and return it."""
        arguments = {"channel": channel} | ({"thread_ts": thread_ts} if thread_ts else {})
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                for message in (await self.get("messages", **arguments))["messages"]:
                    if words in message["text"]:
                        return dict(message)
                await asyncio.sleep(0.02)

    async def sees_view(self, title: str) -> Json:
        """Wait until a modal of this title is open, and return it."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                for view in (await self.get("views"))["views"]:
                    if view["title"]["text"] == title:
                        return dict(view)
                await asyncio.sleep(0.02)
