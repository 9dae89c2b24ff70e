"""A drawing of entities as a picture for a message: painted as SVG, then as PNG, with letters that ship with it."""

from __future__ import annotations

import functools
import re

import resvg_py
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.documents.entities.drawing import Drawing, draw
from bot.documents.entities.entity_specs import EntitySpecs
from bot.documents.frozen import Frozen
from bot.patterns import regex
from bot.resources import resource
from bot.slack.texts import clip

__all__ = ["MOST_DRAWN", "Picture", "entity_picture", "png"]

MOST_DRAWN = 40
"""Entities in a picture at most: of more nobody sees anything in a message."""
SHARPNESS = 2.0
"""Pixels of the PNG for one of the drawing, so that letters are sharp on fine screens."""
LONGEST_SIDE = 5000
"""Pixels; Slack shows no picture that is much larger."""
LONGEST_ALT = 1900
NO_XML = regex(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold."""


class Picture(Frozen):
    """A picture as it is painted, and its words for those who can't see it."""

    svg: str
    alt: str


def entity_picture(specs: EntitySpecs, before: EntitySpecs | None = None) -> Picture | None:
    """Return the picture of all entities, what is not in ``before`` in green; None where it would show nothing."""
    if not 0 < len(specs.entities) <= MOST_DRAWN:
        return None
    drawing = draw(specs, before)
    return Picture(svg=painted(drawing), alt=clip(told(drawing), LONGEST_ALT))


def painted(drawing: Drawing) -> str:
    """Return a drawing as SVG."""
    return NO_XML.sub("", environment().get_template("entities.svg.j2").render(drawing=drawing))


def told(drawing: Drawing) -> str:
    """Return what a drawing shows, in words."""
    things = "; ".join(
        f"{box.name}{' (new)' if box.is_new else ''}: "
        + ", ".join(
            f"{row.name} {row.kind}{' (new or changed)' if row.is_new and not box.is_new else ''}" for row in box.rows
        )
        for box in drawing.boxes
    )
    return f"Entities and their fields. {things}"


def png(picture: Picture) -> bytes:
    """Return a picture as PNG; no font of the machine is used, so it looks alike everywhere."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', picture.svg)
    longest = max(float(size[1]), float(size[2])) if size else 1.0
    return resvg_py.svg_to_bytes(
        svg_string=picture.svg,
        zoom=min(SHARPNESS, LONGEST_SIDE / longest),
        skip_system_fonts=True,
        font_family="DejaVu Sans",
        font_files=[
            str(resource(f"templates/slack/pictures/{name}.ttf")) for name in ("DejaVuSans", "DejaVuSans-Bold")
        ],
    )


@functools.cache
def environment() -> Environment:
    """Return the environment of the pictures, in which every value is escaped."""
    return Environment(
        loader=FileSystemLoader(resource("templates/slack/pictures")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
