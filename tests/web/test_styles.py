"""What pages are made of is styled: each class of a page has a rule in a stylesheet."""

from __future__ import annotations

import re

from bot.web.rendering import ASSETS, PAGES


def test_every_class_of_the_pages_has_a_rule() -> None:
    sheets = "".join(sheet.read_text() for sheet in ASSETS.glob("*.css"))
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^}]*\}", " ", sheets)))
    used = {
        name
        for page in PAGES.glob("*.html")
        for names in re.findall(r'class="([^"]*)"', re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", page.read_text()))
        for name in names.split()
    }
    assert used - styled == set()
    assert {"commit", "files", "commits", "prose", "diff", "chip", "criteria"} <= used
