"""The table of a run, as Markdown for people and as JSON for programs."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from tests.generated_services.peers.looks import LOOKS, Look

__all__ = ["COLUMNS", "markdown", "write_json"]

COLUMNS = ("made", *LOOKS)
MARKS = {True: "✓ ", False: "✗ ", None: "– "}


def markdown(results: Mapping[str, Mapping[str, Look]]) -> str:
    """Return a row for each peer and a column for each look; a look that was not asked for stays empty."""
    lines = [row("", *COLUMNS), row(*["---"] * (len(COLUMNS) + 1))]
    return "\n".join(
        [*lines, *(row(name, *(cell(looks.get(look)) for look in COLUMNS)) for name, looks in results.items())]
    )


def row(*cells: str) -> str:
    """Return one line of a Markdown table; a bar in a cell would end it."""
    return f"| {' | '.join(' '.join(cell.split()).replace('|', '¦') for cell in cells)} |"


def cell(look: Look | None) -> str:
    """Return a look in a few words."""
    return MARKS[look.ok] + look.figures if look else ""


def write_json(results: Mapping[str, Mapping[str, Look]], tools: str, place: Path) -> None:
    """Keep the whole run, with what the judges printed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    peers = {name: {look: asdict(told) for look, told in looks.items()} for name, looks in results.items()}
    content = {"python": platform.python_version(), "system": platform.platform(), "judges": tools, "peers": peers}
    place.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
