"""Releases: copies of the code to run the bot from, one of them changed as a deploy would change it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.building.second_blueprint import second_blueprint

__all__ = ["release"]

ROOT = Path(__file__).resolve().parents[2]
ENGINE = Path("bot/engine/durable.py")
DEPLOYED = (
    ('APPLICATION_VERSION = "1"', 'APPLICATION_VERSION = "2"'),
    ('@DBOS.step(name="stage")', '@DBOS.step(name="stage, as it is called since")'),
)
"""What a deploy changes: the version of the application, and the name of a step that running workflows have."""


def release(folder: Path, *, is_changed: bool = False, has_real_judges: bool = False) -> Path:
    """Make a copy of the code in a folder that is not there yet, and return it; the bot runs with it as its folder.

    Its blueprint is a small one whose judges take no time, unless ``has_real_judges``.
    """
    shutil.copytree(ROOT / "bot", folder / "bot")
    shutil.copytree(ROOT / "prompts", folder / "prompts")
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "manifest.json", folder / "manifest.json")
    (folder / "tests" / "durability").mkdir(parents=True)
    (folder / "tests" / "__init__.py").touch()
    for name in ("__init__.py", "points.py"):
        shutil.copy(Path(__file__).parent / name, folder / "tests" / "durability" / name)
    if not has_real_judges:
        shutil.rmtree(folder / "templates" / "fastapi")
        second_blueprint(folder / "templates" / "fastapi")
    if is_changed:
        code = (folder / ENGINE).read_text(encoding="utf-8")
        for before, after in DEPLOYED:
            if before not in code:
                raise LookupError(f"{ENGINE} has no {before} any more; say here what a deploy changes now")
            code = code.replace(before, after)
        (folder / ENGINE).write_text(code, encoding="utf-8")
    return folder
