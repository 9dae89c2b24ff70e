"""The Web API over HTTP: ``POST /api/<method>``, tokens and scopes, uploads, files and response addresses."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.local_workspace import methods_conversations, methods_messages, methods_views_files
from bot.local_workspace.arguments import read_arguments
from bot.local_workspace.directory import APP, BOT, BOT_USER, TEAM, TEAM_NAME, Json
from bot.local_workspace.errors import SlackError
from bot.local_workspace.history import StoredFile
from bot.local_workspace.interactions import Interactions
from bot.local_workspace.methods import Call, Method, need_scope
from bot.local_workspace.methods_views_files import LARGEST_FILE
from bot.local_workspace.workspace import Workspace

__all__ = ["WebApi", "file_response"]

SHOWN_IN_PLACE = ("image/png", "image/jpeg", "image/gif", "image/webp")


def api_test(call: Call) -> Json:
    """``api.test``: says hello, or the error that it is asked for."""
    if call.arguments.has("error"):
        raise SlackError(call.arguments.text("error"))
    return {}


def auth_test(call: Call) -> Json:
    """``auth.test``: who the token belongs to."""
    return {
        "url": f"{call.workspace.options.address}/",
        "team": TEAM_NAME,
        "user": "planthread",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "app_id": APP,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    """``apps.connections.open``: an address for one WebSocket."""
    address = call.workspace.options.address.replace("http", "ws", 1)
    return {"url": f"{address}/link/?ticket={call.workspace.socket_mode.ticket()}&app_id={APP}"}


METHODS = {
    "auth.test": Method("", auth_test),
    "apps.connections.open": Method("", connections_open, app_token=True),
    **methods_messages.METHODS,
    **methods_conversations.METHODS,
    **methods_views_files.METHODS,
}


class WebApi:
    """The routes that the app calls."""

    def __init__(self, workspace: Workspace, interactions: Interactions) -> None:
        self.workspace = workspace
        self.interactions = interactions

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/api/{method}", self.call, methods=["GET", "POST"]),
            Route("/response/{key}", self.respond, methods=["POST"]),
            Route("/upload/v1/{file_id}", self.upload, methods=["POST"]),
            Route("/files/{file_id}/{name}", self.download),
        ]

    async def call(self, request: Request) -> Response:
        """Answer a method call: always 200 with ``ok``, as Slack does."""
        name = request.path_params["method"]
        scopes = {"x-oauth-scopes": ",".join(self.workspace.options.scopes)}
        try:
            return JSONResponse({"ok": True} | await self._answer(name, request), headers=scopes)
        except SlackError as error:
            return JSONResponse(error.as_answer(), headers=scopes)

    async def _answer(self, name: str, request: Request) -> Json:
        arguments = await read_arguments(request)
        call = Call(self.workspace, self.interactions, arguments)
        if name == "api.test":
            return api_test(call)
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        header = request.headers.get("authorization", "")
        token = header.removeprefix("Bearer ").strip() if header else arguments.text("token")
        self._check_token(token, method)
        need_scope(call, method.scope)
        return method.run(call)

    def _check_token(self, token: str, method: Method) -> None:
        options = self.workspace.options
        if not token:
            raise SlackError("not_authed")
        if token not in (options.bot_token, options.app_token):
            raise SlackError("invalid_auth")
        if token != (options.app_token if method.app_token else options.bot_token):
            raise SlackError("not_allowed_token_type")

    async def respond(self, request: Request) -> Response:
        """Take an answer at a response address: plain ``ok``, or 404 when it is used up."""
        try:
            body = json.loads(await request.body())
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return PlainTextResponse("invalid_payload", 400)
        try:
            self.interactions.given.respond(request.path_params["key"], body)
        except SlackError as error:
            gone = error.code in ("invalid_url", "expired_url", "used_url")
            return JSONResponse(error.as_answer(), 404 if gone else 400)
        return PlainTextResponse("ok")

    async def upload(self, request: Request) -> Response:
        """Take a file's bytes, once, at the length that was promised."""
        file = self.workspace.history.file(request.path_params["file_id"])
        if file is None or file.content is not None:
            return PlainTextResponse("not found", 404)
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > LARGEST_FILE:
                return PlainTextResponse("too large", 413)
        if len(content) != file.body["size"]:
            return PlainTextResponse("the length differs from the one that was promised", 400)
        self.workspace.history.save_file(replace(file, content=bytes(content)))
        return PlainTextResponse(f"OK - {len(content)}")

    async def download(self, request: Request) -> Response:
        """Give a file to the app: with its token and the scope only. Anyone else is sent to sign in, as by Slack."""
        options = self.workspace.options
        is_app = request.headers.get("authorization") == f"Bearer {options.bot_token}"
        if not is_app or "files:read" not in options.scopes:
            return RedirectResponse(f"{options.address}/?redir={quote(request.url.path)}", 302)
        file = self.workspace.history.file(request.path_params["file_id"])
        return file_response(file)


def file_response(file: StoredFile | None) -> Response:
    """Return a file's bytes; only images are shown in place, everything else is saved."""
    if file is None or file.content is None:
        return PlainTextResponse("not found", 404)
    kind = file.body["mimetype"]
    shown = kind in SHOWN_IN_PLACE
    name = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in file.body["name"]
    )
    return Response(
        file.content,
        media_type=kind if shown else "application/octet-stream",
        headers={"content-disposition": f'{"inline" if shown else "attachment"}; filename="{name}"'},
    )
