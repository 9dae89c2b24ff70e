"""Compiled templates are kept, made anew where the template changed, and never needed."""

from __future__ import annotations

from pathlib import Path

from jinja2 import DictLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.generation.compiled import CompiledTemplates


def rendered(folder: Path, source: str) -> str:
    """Render a template with what is kept in a folder."""
    compiled = CompiledTemplates(folder)
    environment = ImmutableSandboxedEnvironment(loader=DictLoader({"page": source}), bytecode_cache=compiled)
    return environment.get_template("page").render(name="Mara")


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert rendered(kept, "Hello {{ name }}") == "Hello Mara"
    (file,) = kept.iterdir()
    before = file.read_bytes(), file.stat().st_mtime_ns
    assert rendered(kept, "Hello {{ name }}") == "Hello Mara"
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_a_changed_template_is_compiled_again(tmp_path: Path) -> None:
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Mara"
    assert rendered(tmp_path, "Goodbye {{ name }}") == "Goodbye Mara"


def test_what_is_broken_or_cannot_be_kept_is_compiled_as_ever(tmp_path: Path) -> None:
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Mara"
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"no bytecode")
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Mara"
    assert rendered(file / "no folder", "Hello {{ name }}") == "Hello Mara"


def test_what_can_not_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Mara"
    (file,) = tmp_path.iterdir()
    file.unlink()
    file.mkdir()
    (file / "in the way").touch()
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Mara"
    assert list(tmp_path.iterdir()) == [file]
