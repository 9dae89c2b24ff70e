"""The workspace as a program of its own: one line, one file of history, a clean stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.local_workspace.__main__ import main


@contextlib.asynccontextmanager
async def program(data: Path, *options: str) -> AsyncIterator[tuple[Process, str]]:
    """Start the program on a free port; give the process and the address that it prints."""
    command = (sys.executable, "-m", "bot.local_workspace", "--port", "0", "--data", str(data), *options)
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(30):
        line = (await process.stdout.readline()).decode()
    try:
        yield process, line.removeprefix("Local workspace: ").strip()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_it_stops_cleanly_with_feeds_and_sockets_open_and_remembers_what_was_said(tmp_path: Path) -> None:
    async with program(tmp_path, "--bot-token", "xoxb-mine") as (process, address):
        client = AsyncWebClient(token="xoxb-mine", base_url=f"{address}/api/")
        await client.chat_postMessage(channel="C0GENERAL", text="remember me")
        link = await client.apps_connections_open(app_token="xapp-local")
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(link["url"]) as socket_mode,
            session.get(f"{address}/workspace/feed", params={"as": "Mara"}) as feed,
        ):
            assert (await socket_mode.receive_json())["type"] == "hello"
            assert await feed.content.readline() == b'data: {"type": "hello"}\n'
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(20):
                while (await socket_mode.receive_json())["type"] != "disconnect":
                    pass
                assert await process.wait() == 0
        assert process.stdout is not None
        assert process.stderr is not None
        assert (await process.stdout.read(), await process.stderr.read()) == (b"", b"")

    assert (tmp_path / "workspace.db").exists()
    async with program(tmp_path) as (_, address):
        client = AsyncWebClient(token="xoxb-local", base_url=f"{address}/api/")
        first = await client.conversations_history(channel="C0GENERAL")
        later = await client.chat_postMessage(channel="C0GENERAL", text="later")
    assert [message["text"] for message in first["messages"]] == ["remember me"]
    assert later["ts"] > first["messages"][0]["ts"]


def test_other_machines_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--data", str(tmp_path), "--host", "0.0.0.0"])
    assert stopped.value.code == 2
    assert "an address of this machine" in capsys.readouterr().err


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["--data", str(tmp_path), "--port", str(taken.getsockname()[1])]) == 1
    assert "choose another with --port" in capsys.readouterr().err


def test_a_folder_that_can_not_be_made_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()

    assert main(["--data", str(tmp_path / "file" / "x"), "--port", "0"]) == 1

    assert (
        capsys.readouterr().err
        == f"{tmp_path}/file/x can't be made (Not a directory); choose another folder with --data.\n"
    )
