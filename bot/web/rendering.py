"""From files, commits and patches to HTML. Everything that comes from a repository is hostile text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from pygments import formatters, highlight, lexers, util  # type: ignore[import-untyped]  # it ships no types
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from bot.documents.frozen import Frozen

__all__ = [
    "ASSETS",
    "ChangedFile",
    "changed_file",
    "changed_files",
    "code_html",
    "markdown_html",
    "moment_of",
    "page",
    "problem_page",
]

PAGES = Path(__file__).resolve().parent / "pages"
ASSETS = PAGES / "assets"
HIGHLIGHTED_BYTES = 200_000
"""Larger files are shown plain: highlighting costs time."""
SHOWN_LINES = 3000
"""Lines of a patch that are shown; the rest is counted."""


def moment_of(value: datetime, form: str = "%-d %b %Y, %H:%M UTC", kind: str = "") -> Markup:
    """Return a moment for people: in UTC, and once the page's script has run, in the reader's own time.

    ``kind`` is what the script shows of it: ``data-hour`` for the time of day alone.
    """
    value = value.astimezone(UTC)
    return Markup('<time datetime="{}"{}>{}</time>').format(
        value.isoformat(timespec="seconds"), f" {kind}" if kind else "", value.strftime(form)
    )


ENVIRONMENT = Environment(
    loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
ENVIRONMENT.globals["moment_of"] = moment_of
ENVIRONMENT.filters["address"] = lambda path: quote(path.encode("utf-8", "surrogateescape"), safe="/")


def page(name: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """Return a page made from a template."""
    text = ENVIRONMENT.get_template(f"{name}.html").render(values)
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status)


def problem_page(request: Request, status: int, sentence: str) -> Response:
    """Return a refusal: a page for browsers, a line of text for programs."""
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(f"{sentence}\n", status_code=status)
    return page("problem", {"status": status, "sentence": sentence}, status)


def code_html(path: str, text: str, *, lines: bool = True) -> Markup:
    """Return a file's text, highlighted by its name; with ``lines`` each line is a span of its own, for its number."""
    try:
        lexer = lexers.get_lexer_for_filename(path) if len(text) <= HIGHLIGHTED_BYTES else lexers.TextLexer()
    except util.ClassNotFound:
        lexer = lexers.TextLexer()
    lexer.stripnl = False
    lexer.ensurenl = False
    html = highlight(text, lexer, formatters.HtmlFormatter(nowrap=True))
    if lines:
        numbered = enumerate(html.removesuffix("\n").split("\n"), start=1)
        html = "".join(f'<span id="L{number}">{line}\n</span>' for number, line in numbered)
    return Markup(html)  # noqa: S704 - Pygments escapes


def markdown_html(text: str, link_base: str, raw_base: str) -> Markup:
    """Return Markdown as HTML; HTML inside it is shown as text, and relative links lead into the repository."""
    markdown = MarkdownIt("commonmark", {"html": False, "highlight": fenced}).enable(["table", "strikethrough"])
    tokens = markdown.parse(text)
    for token in tokens:
        for child in token.children or ():
            lead_inside(child, link_base, raw_base)
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - markdown-it escapes


def fenced(code: str, language: str, _attributes: str) -> str:
    """Return a fenced block, highlighted by its language."""
    name = {"python": "x.py", "py": "x.py", "bash": "x.sh", "sh": "x.sh", "shell": "x.sh", "yaml": "x.yml"}
    return str(code_html(name.get(language, f"x.{language}"), code, lines=False)) if language.isalnum() else ""


def lead_inside(token: Token, link_base: str, raw_base: str) -> None:
    """Make a relative link or image of a page lead to the file of the repository."""
    attribute, base = {"link_open": ("href", link_base), "image": ("src", raw_base)}.get(token.type, ("", ""))
    target = str(token.attrs.get(attribute, "")) if attribute else ""
    parts = urlsplit(target)
    if not target or target.startswith("#"):
        return
    if parts.scheme or parts.netloc:
        token.attrs["rel"] = "noreferrer nofollow"
        return
    path = re.sub(r"^(\./)+|^/+", "", parts.path)
    token.attrs[attribute] = base.replace("{path}", path)


class ChangedLine(Frozen):
    """A line of a patch. ``kind`` is added, removed, place or same."""

    kind: str
    text: str


class ChangedFile(Frozen):
    """What a commit changed in one file."""

    title: str
    lines: tuple[ChangedLine, ...]
    added: int
    removed: int
    hidden: int = 0
    """How many lines aren't shown."""


def changed_files(patch: str) -> list[ChangedFile]:
    """Split a patch of ``git diff-tree --patch`` into its files."""
    left = SHOWN_LINES
    files: list[ChangedFile] = []
    for block in re.split(r"(?m)^diff --git ", patch)[1:]:
        header, *rest = block.split("\n")
        body = [line for line in rest if not re.match(r"(index|---|\+\+\+|new file|deleted file|similarity) ?", line)]
        body = body[:-1] if body and not body[-1] else body
        file = changed_file(title_of(header, rest), body, max(0, left))
        left -= len(file.lines)
        files.append(file)
    return files


def changed_file(title: str, body: Sequence[str], most: int = SHOWN_LINES) -> ChangedFile:
    """Return what is different in one file, from the lines of its patch below the names."""
    lines = [ChangedLine(kind=kind_of(line), text=line) for line in body]
    return ChangedFile(
        title=title,
        lines=tuple(lines[:most]),
        added=sum(line.kind == "added" for line in lines),
        removed=sum(line.kind == "removed" for line in lines),
        hidden=len(lines[most:]),
    )


def kind_of(line: str) -> str:
    """Return what a line of a patch is."""
    return {"+": "added", "-": "removed", "@": "place", "\\": "place"}.get(line[:1], "same")


def title_of(header: str, rest: list[str]) -> str:
    """Return the name of the file that a block of a patch is about."""
    named = {line[:4]: line[4:].rstrip("\t") for line in rest[:6] if line.startswith(("--- ", "+++ "))}
    name = named.get("+++ ", "/dev/null")
    name = named.get("--- ", "/dev/null") if name == "/dev/null" else name
    if name == "/dev/null":
        return header.partition(" b/")[2] or header
    return re.sub(r'^"?[ab]/', "", name).removesuffix('"')
