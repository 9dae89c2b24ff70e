"""The pages of a delivered repository: its tree with the README, files, commits with their trailers, and changes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.patterns import regex
from bot.repository.git import Repository, TreeEntry
from bot.web.rendering import changed_files, code_html, markdown_html, page

__all__ = ["Browser", "repository_at", "repository_routes"]

NAME = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,110}")
COMMITS_A_PAGE = 50
SHOWN_BYTES = 1_000_000
"""Larger files are offered raw only."""
PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
READMES = ("README.md", "readme.md", "README")


def repository_routes(repositories: Path) -> list[Route]:
    """Return the routes of all pages over a folder of bare repositories."""
    browser = Browser(repositories)
    place = "/repositories/{name}"
    return [
        Route("/repositories", browser.index, methods=["GET"]),
        Route(place, browser.tree, methods=["GET"]),
        Route(f"{place}/tree/{{path:path}}", browser.tree, methods=["GET"]),
        Route(f"{place}/file/{{path:path}}", browser.file, methods=["GET"]),
        Route(f"{place}/raw/{{path:path}}", browser.raw, methods=["GET"]),
        Route(f"{place}/commits", browser.commits, methods=["GET"]),
        Route(f"{place}/commit/{{commit}}", browser.commit, methods=["GET"]),
        Route(f"{place}/compare/{{before}}...{{after}}", browser.compare, methods=["GET"]),
    ]


def repository_at(repositories: Path, name: str) -> Repository:
    """Return the repository of a name. Raises HTTPException 404 for every name that isn't one, odd ones included."""
    if not NAME.fullmatch(name) or ".." in name:
        raise HTTPException(404, "There is no repository of that name.")
    path = repositories / f"{name}.git"
    if path.is_symlink() or not (path / "HEAD").is_file():
        raise HTTPException(404, "There is no repository of that name.")
    return Repository(path)


class Browser:
    """Answers the requests for pages. ``?at=`` names a branch or a commit; without, it is the main branch."""

    def __init__(self, repositories: Path) -> None:
        self.repositories = repositories

    async def index(self, request: Request) -> Response:
        """List all repositories."""
        names = await asyncio.to_thread(self.names)
        shown = [{"name": name, "about": self.about(name)} for name in names]
        return page("index", {"repositories": shown})

    async def tree(self, request: Request) -> Response:
        """Show a folder; its README below the list."""
        repository = await self.repository(request)
        values = await self.values(request, repository)
        if values["commit"] is None:
            return page("empty", values | {"tab": "files"})
        path = request.path_params.get("path", "").strip("/")
        entries = await repository.entries(values["commit"], path, recursive=False)
        if path and not entries:
            raise HTTPException(404, "There is no such folder at this commit.")
        latest = (await repository.log(values["commit"], 1))[0]
        readme = await self.readme(repository, values, path, entries)
        shown = sorted(entries, key=lambda entry: (entry.kind != "tree", entry.path))
        return page(
            "tree", values | {"tab": "files", "path": path, "entries": shown, "latest": latest, "readme": readme}
        )

    async def file(self, request: Request) -> Response:
        """Show a file: highlighted, as a picture, or as Markdown."""
        repository = await self.repository(request)
        values = await self.values(request, repository)
        path, content = await self.content(request, repository, values)
        suffix = PurePosixPath(path).suffix.lower()
        shown: dict[str, Any] = {
            "tab": "files",
            "path": path,
            "size": len(content),
            "code": None,
            "picture": False,
            "markdown": None,
        }
        if suffix in PICTURES:
            shown["picture"] = True
        elif b"\0" not in content and len(content) <= SHOWN_BYTES:
            text = content.decode(errors="replace")
            shown["code"] = await asyncio.to_thread(code_html, PurePosixPath(path).name, text)
            if suffix == ".md" and "plain" not in request.query_params:
                shown["markdown"] = await self.markdown(values, text, str(PurePosixPath(path).parent))
        return page("file", values | shown)

    async def raw(self, request: Request) -> Response:
        """Give a file as it is: pictures as such, everything else as plain text."""
        repository = await self.repository(request)
        values = await self.values(request, repository)
        path, content = await self.content(request, repository, values)
        kind = PICTURES.get(PurePosixPath(path).suffix.lower(), "text/plain; charset=utf-8")
        if kind.startswith("text/") and b"\0" in content:
            kind = "application/octet-stream"
        return Response(content, media_type=kind, headers={"Content-Security-Policy": "default-src 'none'; sandbox"})

    async def commits(self, request: Request) -> Response:
        """List commits, newest first, a page at a time."""
        repository = await self.repository(request)
        values = await self.values(request, repository)
        if values["commit"] is None:
            return page("empty", values | {"tab": "files"})
        asked = request.query_params.get("page", "1")
        number = int(asked) if asked.isdigit() and 1 <= len(asked) <= 4 else 1
        skip = COMMITS_A_PAGE * (max(1, number) - 1)
        listed = await repository.log(values["commit"], COMMITS_A_PAGE + 1, skip)
        more = number + 1 if len(listed) > COMMITS_A_PAGE else None
        return page(
            "commits", values | {"tab": "commits", "commits": listed[:COMMITS_A_PAGE], "page": number, "more": more}
        )

    async def commit(self, request: Request) -> Response:
        """Show one commit: its message, its trailers, and what it changed."""
        repository = await self.repository(request)
        commit = request.path_params["commit"]
        await repository.require(commit)
        values = await self.values(request, repository)
        (logged,) = await repository.log(commit, 1)
        message = await repository.message(commit)
        patch = (await repository.difference(commit)).decode(errors="replace")
        files = await asyncio.to_thread(changed_files, patch)
        body = body_without_trailers(message) if logged.trailers else message.partition("\n")[2].strip()
        return page("commit", values | {"tab": "commits", "logged": logged, "body": body, "files": files})

    async def compare(self, request: Request) -> Response:
        """Show what is different between two commits."""
        repository = await self.repository(request)
        before, after = request.path_params["before"], request.path_params["after"]
        patch = (await repository.difference_between(before, after)).decode(errors="replace")
        values = await self.values(request, repository)
        files = await asyncio.to_thread(changed_files, patch)
        return page("compare", values | {"tab": "commits", "before": before, "after": after, "files": files})

    def names(self) -> list[str]:
        """Return the names of all repositories, sorted."""
        if not self.repositories.is_dir():
            return []
        found = (
            path for path in self.repositories.glob("*.git") if (path / "HEAD").is_file() and not path.is_symlink()
        )
        return sorted(name for path in found if NAME.fullmatch(name := path.name.removesuffix(".git")))

    def about(self, name: str) -> str:
        """Return the description of a repository, or nothing."""
        try:
            text = (self.repositories / f"{name}.git" / "description").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return text.strip()[:400]

    async def repository(self, request: Request) -> Repository:
        """Return the repository that a request is about."""
        return await asyncio.to_thread(repository_at, self.repositories, request.path_params["name"])

    async def values(self, request: Request, repository: Repository) -> dict[str, Any]:
        """Return what every page of a repository needs; ``commit`` is None where nothing has been pushed yet."""
        name = request.path_params["name"]
        branches = await repository.branches()
        main = "main" if "main" in branches or not branches else branches[0]
        at = request.query_params.get("at") or main
        commit = at if re.fullmatch(r"[0-9a-f]{40,64}", at) else await repository.head(at)
        if commit is None and "at" in request.query_params:
            raise HTTPException(404, "There is no such branch or commit.")
        if commit is not None:
            await repository.require(commit)
        return {
            "name": name,
            "about": await asyncio.to_thread(self.about, name),
            "branches": branches,
            "at": at,
            "suffix": "" if at == main else f"?at={quote(at, safe='')}",
            "commit": commit,
            "clone": f"{request.base_url}{request.scope.get('clone_path', f'/git/{name}.git').lstrip('/')}",
        }

    async def content(self, request: Request, repository: Repository, values: dict[str, Any]) -> tuple[str, bytes]:
        """Return path and content of the file that a request names."""
        path = request.path_params["path"]
        content = await repository.file(values["commit"], path) if values["commit"] else None
        if content is None:
            raise HTTPException(404, "There is no such file at this commit.")
        return path, content

    async def readme(
        self, repository: Repository, values: dict[str, Any], path: str, entries: Sequence[TreeEntry]
    ) -> Any:  # noqa: ANN401 - Markup, which is a str, or None
        """Return the README of a folder as HTML, or None."""
        there = {PurePosixPath(entry.path).name: entry for entry in entries if entry.kind == "blob"}
        found = next((there[name] for name in READMES if name in there), None)
        if found is None or (found.size or 0) > SHOWN_BYTES:
            return None
        content = await repository.file(values["commit"], found.path)
        return await self.markdown(values, (content or b"").decode(errors="replace"), path)

    async def markdown(self, values: dict[str, Any], text: str, folder: str) -> Any:  # noqa: ANN401 - Markup, which is a str
        """Return Markdown as HTML, with links that start from a folder of the repository."""
        start = f"{folder}/" if folder not in {"", "."} else ""
        bases = [
            f"/repositories/{values['name']}/{kind}/{quote(start)}{{path}}{values['suffix']}"
            for kind in ("file", "raw")
        ]
        return await asyncio.to_thread(markdown_html, text, *bases)


def body_without_trailers(message: str) -> str:
    """Return a message without its subject and without its last paragraph, which holds the trailers."""
    return message.partition("\n")[2].rpartition("\n\n")[0].strip()
