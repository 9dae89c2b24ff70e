"""Renders what models are asked: one Jinja2 file a decision, in `prompts/`; material of others is marked."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.patterns import regex
from bot.resources import resource

__all__ = ["material", "render_prompt"]

DELIMITER = regex(r"(BEGIN|END)(\s+)(MATERIAL)", re.IGNORECASE)
FORMAT_SIGNS = regex(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment of prompts: sandboxed, and strict about every missing value."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(resource("prompts")),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["material"] = material
    return made


def material(text: object, label: str = "text") -> str:
    """Return text of others between marks; marks inside it are broken, and invisible signs are taken out."""
    plain = FORMAT_SIGNS.sub("", str(text))
    safe = DELIMITER.sub(lambda found: f"{found[1]}-{found[3]}", plain)
    return f"<<<BEGIN MATERIAL {label}>>>\n{safe}\n<<<END MATERIAL {label}>>>"


def render_prompt(decision: str, **values: object) -> str:
    """Return the prompt of a decision. Raises jinja2.UndefinedError where a value is missing."""
    try:
        template = environment().get_template(f"{decision}.md.j2")
    except TemplateNotFound as error:
        raise FileNotFoundError(f"there is no prompt for {decision}; install planthread again") from error
    return template.render(**values)
