"""The server runs inside the caller's loop, says its port, and stops when told."""

from __future__ import annotations

import asyncio
import signal
import socket

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.web.serving import serve_web

APP = Starlette(routes=[Route("/", lambda request: PlainTextResponse("here"))])


async def test_it_serves_on_a_free_port_until_it_is_stopped() -> None:
    handler = signal.getsignal(signal.SIGTERM)
    server = await serve_web(APP)
    assert signal.getsignal(signal.SIGTERM) is handler
    async with httpx.AsyncClient(timeout=60) as client:
        assert (await client.get(server.url)).text == "here"
    assert server.url == f"http://127.0.0.1:{server.port}"
    waiting = asyncio.create_task(server.wait())
    await server.stop()
    await waiting
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


async def test_a_taken_port_is_an_error_for_the_caller() -> None:
    server = await serve_web(APP)
    with pytest.raises(OSError, match="in use"):
        await serve_web(APP, "127.0.0.1", server.port)
    await server.stop()
    again = await serve_web(APP, "127.0.0.1", server.port)
    await again.stop()


async def test_addresses_are_written_so_that_they_open() -> None:
    everywhere = await serve_web(APP, "0.0.0.0")
    assert everywhere.url == f"http://127.0.0.1:{everywhere.port}"
    await everywhere.stop()
    if socket.has_ipv6:
        try:
            six = await serve_web(APP, "::1")
        except OSError:
            pytest.skip("this machine has no IPv6 loopback")
        assert six.url == f"http://[::1]:{six.port}"
        await six.stop()
