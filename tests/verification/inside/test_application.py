"""What is wrong with an OpenAPI document is found, each fault with its place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from bot.verification.inside import application

RESPONSES = {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Book~1Read"}}}}}


def document(**changes: Any) -> dict[str, Any]:
    good: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Library"},
        "paths": {"/books": {"parameters": [], "get": {"operationId": "list_books", "responses": RESPONSES}}},
        "components": {"schemas": {"Book/Read": {}}},
    }
    return good | changes


def test_a_good_document_has_no_faults() -> None:
    assert application.faults(document()) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"openapi": "2.0"}, "the document names no OpenAPI version 3"),
        ({"info": {}}, "info.title is missing"),
        ({"paths": {}}, "there is no path"),
        ({"paths": {"/x": {"get": {"responses": {"200": {}}}}}}, "GET /x: operationId None is missing or used twice"),
        ({"paths": {"/x": {"put": {"operationId": "x"}}}}, "PUT /x: no responses"),
        ({"components": {}}, "#/components/schemas/Book~1Read leads nowhere"),
        ({"extra": [{"$ref": "https://example.org/x"}]}, "https://example.org/x leads nowhere"),
    ],
)
def test_each_fault_is_named(changes: dict[str, Any], fault: str) -> None:
    assert fault in application.faults(document(**changes))


def test_the_program_imports_the_application_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/__init__.py").write_text("")
    (tmp_path / "app/main.py").write_text("class App:\n    def openapi(self):\n        return {}\n\n\napp = App()\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    for name in ("app", "app.main"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert application.main([]) == 0
    assert application.main(["openapi"]) == 1
    assert "app.main:app is App" in capsys.readouterr().out
    for name in ("app", "app.main"):
        sys.modules.pop(name)
