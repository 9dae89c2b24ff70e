"""A served web application over a folder with one delivered repository."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.publishing.local import LocalPublisher
from bot.repository.git import Commit, Repository
from bot.web.app import create_web_app
from bot.web.serving import serve_web

README = b"""# Office library

Books, see [the plan](.planning/tasks.md), [the service](./app/main.py) and [elsewhere](https://example.org/x).
A [trap](javascript:alert(1)), a ![picture](docs/dot.png) and <script>alert('readme')</script>.

```python
def lend() -> None: ...
```
"""
DOT = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")


@dataclass
class Served:
    """A running application with one repository, ``library``; ``reasons`` is what readiness answers."""

    url: str
    repositories: Path
    commits: list[str]
    client: httpx.AsyncClient
    reasons: list[str] = field(default_factory=list)

    async def text(self, path: str) -> str:
        """Return a page that must be there."""
        answer = await self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text


def commit(message: str, files: dict[str, bytes | None]) -> Commit:
    """Return a commit of Mara's."""
    date = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    return Commit(message=message, author_name="Mara", author_email="m@example.org", date=date, files=files)


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    """Serve a repository with three commits."""
    folder = tmp_path / "repositories"
    publisher = LocalPublisher(folder, "http://127.0.0.1:1")
    remote = await publisher.create("library", "Books & <members>", "plan-1")
    plan = Repository(tmp_path / "plan.git")
    await plan.create()
    commits = await plan.commit_all(
        "main",
        None,
        [
            commit("Lay out the project\n\nPlan-Task: 1.1", {"README.md": README, "old.txt": b"old\n"}),
            commit(
                "Add <books>\n\nWith their prices.\n\nPlan-Task: 2.1\nPlan-Requirements: 1.1, 1.2",
                {
                    "app/main.py": b"def create_app() -> str:\n    return '<script>'\n",
                    "app/models/book.py": b"price = 1\n",
                    ".planning/tasks.md": b"# Tasks\n\n- [x] 2.1 [code](../app/main.py)\n",
                    "docs/dot.png": DOT,
                    "docs/page.html": b"<script>alert('page')</script>",
                    "docs/data.bin": b"\0\1\2",
                    "docs/a b & ü.txt": b"odd name\n",
                },
            ),
            commit("Change prices", {"app/models/book.py": b"price = 2\n", "old.txt": None}),
        ],
    )
    await publisher.push(plan.path, remote, "main", commits[-1], None)
    reasons: list[str] = []

    async def readiness() -> list[str]:
        return reasons

    server = await serve_web(create_web_app(folder, readiness), "127.0.0.1", 0)
    async with httpx.AsyncClient(base_url=server.url, headers={"Accept": "text/html"}, timeout=60) as client:
        yield Served(server.url, folder, commits, client, reasons)
    await server.stop()
