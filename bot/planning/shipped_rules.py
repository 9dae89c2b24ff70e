"""The house rules that ship with Planthread: they hold in a workspace until somebody changes them there."""

from __future__ import annotations

from functools import cache

from bot.documents.house_rules.house_rules import HouseRules
from bot.documents.house_rules.house_rules_reader import read_house_rules
from bot.resources import resource

__all__ = ["shipped_house_rules", "shipped_text"]

FILE = "templates/house_rules.md"


@cache
def shipped_text() -> str:
    """Return the text of the shipped house rules. Raises FileNotFoundError where the installation is incomplete."""
    return resource(FILE).read_text(encoding="utf-8")


@cache
def shipped_house_rules() -> HouseRules:
    """Return the shipped house rules."""
    return read_house_rules(shipped_text()).document
