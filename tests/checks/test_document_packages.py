"""Packages that planning documents name: in commands, in lists and behind labels; and words that are no packages."""

from __future__ import annotations

import pytest

from bot.checks.document_packages import packages_of_document
from bot.checks.lint import lint_documents
from bot.documents.formats import Format

PLAN = """---
phase: 01-setup
plan: "01"
---

<interfaces>
pip install aioredis
</interfaces>

<task type="auto">
  <action>
    Run `pip install python-redis fastapi-jwt-auth` and never `pip install passlib`.
    dependencies = ["python-celery"]
  </action>
</task>
"""
PROJECT = "# Lending\n\n## What this is\n\nA service.\n\n## Constraints\n\n- **Tech stack**: python-redis, passlib\n"
TASKS = (
    "# Implementation Plan\n\n- [ ] 1. Set up\n  - uv add python-redis\n  - Packages: yaml\n  - Run `uv add orjson`\n"
)


@pytest.mark.parametrize(
    ("known", "text", "found"),
    [
        (Format.PLAN, PLAN, [("PT602", 7), ("PT601", 12), ("PT602", 12), ("PT601", 13)]),
        (Format.PROJECT, PROJECT, [("PT601", 9), ("PT603", 9)]),
        (Format.TASKS, TASKS, [("PT601", 4), ("PT606", 5)]),
        (Format.ROADMAP, f"# Roadmap\n\n{PROJECT}", []),
        (Format.TASKS, "pip install passlib\n" * 300_000, []),
    ],
)
def test_lint_looks_for_packages_where_documents_name_them(
    known: Format, text: str, found: list[tuple[str, int]]
) -> None:
    findings = lint_documents({"a.md": (known, text)})
    assert [(each.rule, each.place.line) for each in findings if each.rule.startswith("PT6")] == found


FENCED = "Set it up:\n\n```{}\n{}\n```\n"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("poetry add python-redis@^5 && pip install httpx.", ["python-redis", "httpx"]),
        ("- Run `pip install -U redis`, then `pip3 install yaml`", ["redis", "yaml"]),
        ("pip install redis to cache, and uuid", ["redis"]),
        ("2. $ sudo python3 -m pip install redis", ["redis"]),
        ("- Packages: fastapi, sqlalchemy[asyncio]>=2,<3", ["fastapi", "sqlalchemy"]),
        ("Packages:\n\n- fastapi\n- yaml\nIt is uuid.\n- uuid", ["fastapi", "yaml"]),
        (FENCED.format("bash", "cd app\npip install \\\n  redis \\\n  yaml\nuuid"), ["redis", "yaml"]),
        (FENCED.format("dockerfile", "FROM python\nRUN pip install redis && uvicorn app"), ["redis"]),
        (FENCED.format("toml", "requires = [\n  'redis[x]', # yes\n  'yaml',\n]\nname = 'uuid'"), ["redis", "yaml"]),
        (FENCED.format("toml", '[dependency-groups]\ndev = ["yaml"]\n[tool.x]\nselect = ["uuid"]'), ["yaml"]),
        (FENCED.format("toml", '[tool.poetry.dependencies]\npython = "^3.12"\nyaml = "*"\n[tool.x]\nuuid=1'), ["yaml"]),
        (FENCED.format("requirements.txt", "# web\nyaml==6 --hash=sha256:ab\nredis\n-r more.txt"), ["yaml", "redis"]),
        ("In requirements.txt:\n" + FENCED.format("", "yaml")[12:], ["yaml"]),
        ("Never `pip install yaml`, don't pip install redis", []),
        ("- ~~pip install yaml~~", []),
        ("Install the packages: yaml, uuid", []),
        ("Packages: 1.1, 2.3", []),
        ("- requirements.txt\n- .python-version\n- yaml", []),
        ("pip install . ./yaml (redis), 'httpx'", ["redis", "httpx"]),
        (FENCED.format("python", "import yaml\n# pip install yaml"), []),
        ("The pip install guide says to use yaml", []),
    ],
)  # fmt: skip
def test_packages_are_found_in_commands_and_lists(text: str, names: list[str]) -> None:
    assert [mention.name for mention in packages_of_document(text).sure] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("**Tech Stack:** FastAPI with `python-redis` + passlib (bcrypt)", ["python-redis", "passlib"]),
        ("# Stack\n\n- **Cache**: python-redis 5\n- passlib to hash\n# Goal\n- pycrypto", ["python-redis", "passlib"]),
        ("| Libraries | python-redis, FastAPI |", ["python-redis"]),
        ("- Dependencies: python-slack, email", ["python-slack"]),
        ("Run pip install python-slack for it", ["python-slack"]),
        (FENCED.format("", "python-redis==5.0\nx >= 5"), ["python-redis"]),
        ("Tech stack: Python-based, python-3.12, pwdlib (not passlib), no aioredis, orm", []),
        ("Dependencies: 1.1, None, jwt, email, logging, nose", []),
        ("Dependencies: Task 1.1", []),
        ("We chose pwdlib over passlib and python-redis", []),
        ("Tech stack: pip install passlib", ["passlib"]),
    ],
)  # fmt: skip
def test_behind_a_label_only_names_that_can_be_nothing_else_count(text: str, names: list[str]) -> None:
    assert [mention.name for mention in packages_of_document(text).unsure] == names


def test_the_same_package_on_two_lines_is_no_second_entry_and_in_one_list_it_is() -> None:
    def said(text: str) -> list[str]:
        return [each.message for each in lint_documents({"a.md": (Format.PLAN, text)}) if each.rule == "PT608"]

    assert said("- `pip install redis`\n- `pip install redis`\n") == []
    assert said('dependencies = [\n  "redis",\n  "Redis>=5",\n]\n') == [
        "“Redis” is listed a second time, after “redis”."
    ]
