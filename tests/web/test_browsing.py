"""The pages of a delivered repository, and that nothing in a repository becomes code of the page."""

from __future__ import annotations

import pytest

from bot.repository.git import Repository
from tests.web.conftest import DOT, Served, commit


async def test_the_list_names_each_repository(served: Served) -> None:
    assert (await served.client.get("/", follow_redirects=True)).url.path == "/repositories"
    text = await served.text("/repositories")
    assert 'href="/repositories/library"' in text
    assert "Books &amp; &lt;members&gt;" in text
    (served.repositories / "library.git").rename(served.repositories / "gone")
    assert "Nothing has been delivered yet" in await served.text("/repositories")


async def test_the_tree_shows_folders_the_latest_commit_the_clone_address_and_the_readme(served: Served) -> None:
    text = await served.text("/repositories/library")
    assert f"git clone {served.url}/git/library.git" in text
    assert 'href="/repositories/library/tree/app"' in text
    assert f'href="/repositories/library/commit/{served.commits[-1]}"' in text
    assert text.index(">docs<") < text.index(">README.md<")
    assert "<h1>Office library</h1>" in text
    folder = await served.text("/repositories/library/tree/app")
    assert 'href="/repositories/library/file/app/main.py"' in folder
    assert 'href="/repositories/library/tree/app/models"' in folder


async def test_a_readme_s_links_lead_into_the_repository_and_its_html_stays_text(served: Served) -> None:
    text = await served.text("/repositories/library")
    assert 'href="/repositories/library/file/.planning/tasks.md"' in text
    assert 'href="/repositories/library/file/app/main.py"' in text
    assert 'src="/repositories/library/raw/docs/dot.png"' in text
    assert 'href="https://example.org/x" rel="noreferrer nofollow"' in text
    assert 'href="javascript' not in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert('readme')&lt;/script&gt;" in text
    assert '<span class="k">def</span>' in text


async def test_files_are_highlighted_by_line_and_their_text_is_escaped(served: Served) -> None:
    text = await served.text("/repositories/library/file/app/main.py")
    assert '<span id="L1"><span class="k">def</span>' in text
    assert '<span id="L2">' in text
    assert '<span id="L3">' not in text
    assert "<script>&#39;" not in text
    assert "&lt;script&gt;" in text
    page = await served.text("/repositories/library/file/docs/page.html")
    assert "<script>alert" not in page


async def test_markdown_files_are_rendered_and_can_be_seen_as_text(served: Served) -> None:
    text = await served.text("/repositories/library/file/.planning/tasks.md")
    assert "<h1>Tasks</h1>" in text
    assert 'href="/repositories/library/file/.planning/../app/main.py"' in text
    plain = await served.text("/repositories/library/file/.planning/tasks.md?plain")
    assert "<h1>Tasks</h1>" not in plain
    assert "# Tasks" in plain


async def test_pictures_and_other_bytes_are_shown_as_what_they_are(served: Served) -> None:
    assert '<img src="/repositories/library/raw/docs/dot.png"' in await served.text(
        "/repositories/library/file/docs/dot.png"
    )
    assert "isn't text" in (await served.text("/repositories/library/file/docs/data.bin"))
    assert "odd name" in await served.text("/repositories/library/file/docs/a%20b%20%26%20%C3%BC.txt")
    expected = {
        "docs/dot.png": ("image/png", DOT),
        "docs/page.html": ("text/plain; charset=utf-8", b"<script>alert('page')</script>"),
        "docs/data.bin": ("application/octet-stream", b"\0\1\2"),
    }
    for path, (kind, content) in expected.items():
        answer = await served.client.get(f"/repositories/library/raw/{path}")
        assert (answer.headers["Content-Type"], answer.content) == (kind, content)
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


async def test_commits_are_listed_with_their_trailers(served: Served) -> None:
    text = await served.text("/repositories/library/commits")
    assert text.index("Change prices") < text.index("Add &lt;books&gt;") < text.index("Lay out the project")
    assert "task 2.1" in text
    assert "requirements 1.1, 1.2" in text
    assert "20 Nov 2026, 09:30 UTC" in text
    assert "Older" not in text
    assert "No more commits" in await served.text("/repositories/library/commits?page=9")
    assert "Change prices" in await served.text("/repositories/library/commits?page=x")


async def test_long_histories_have_pages(served: Served) -> None:
    repository = Repository(served.repositories / "library.git")
    more = [commit(f"Number {number}", {"n": str(number).encode()}) for number in range(60)]
    await repository.commit_all("main", served.commits[-1], more)
    first = await served.text("/repositories/library/commits")
    assert 'href="?page=2">Older' in first
    second = await served.text("/repositories/library/commits?page=2")
    assert "Lay out the project" in second
    assert 'href="?page=1">Newer' in second


async def test_a_commit_shows_its_message_and_what_it_changed(served: Served) -> None:
    text = await served.text(f"/repositories/library/commit/{served.commits[2]}")
    assert "<strong>app/models/book.py</strong>" in text
    assert '<span class="removed">-price = 1' in text
    assert '<span class="added">+price = 2' in text
    assert "<strong>old.txt</strong>" in text
    assert f'href="/repositories/library/commit/{served.commits[1]}"' in text
    second = await served.text(f"/repositories/library/commit/{served.commits[1]}")
    assert "With their prices." in second
    assert "Plan-Task: 2.1" not in second
    assert "task 2.1" in second
    assert "&lt;script&gt;" in second
    assert "<strong>docs/dot.png</strong>" in second
    assert "+# Office library" in await served.text(f"/repositories/library/commit/{served.commits[0]}")


async def test_two_commits_are_compared(served: Served) -> None:
    first, second, third = served.commits
    text = await served.text(f"/repositories/library/compare/{first}...{third}")
    assert '<span class="added">+price = 2' in text
    assert "price = 1" not in text, "what came and went between the two is no difference"
    assert "<strong>old.txt</strong>" in text
    assert f'href="/repositories/library/commit/{first}"' in text
    assert "No file is different." in await served.text(f"/repositories/library/compare/{second}...{second}")
    for odd in (f"{first}...{'f' * 40}", f"main...{third}", f"--output=x...{third}", f"{first}"):
        assert (await served.client.get(f"/repositories/library/compare/{odd}")).status_code == 404


async def test_branches_and_older_commits_can_be_looked_at(served: Served) -> None:
    repository = Repository(served.repositories / "library.git")
    await repository.commit("plan/library-2", served.commits[0], commit("Aside", {"aside.txt": b"x"}))
    text = await served.text("/repositories/library?at=plan%2Flibrary-2")
    assert 'href="/repositories/library/file/aside.txt?at=plan%2Flibrary-2"' in text
    assert 'href="/repositories/library?at=plan/library-2" aria-current="true"' in text
    older = await served.text(f"/repositories/library?at={served.commits[0]}")
    assert "old.txt" in older
    assert ">app<" not in older


async def test_an_empty_repository_says_what_comes(served: Served) -> None:
    await Repository(served.repositories / "parking.git").create()
    for path in ("/repositories/parking", "/repositories/parking/commits"):
        assert "Nothing has been pushed yet" in await served.text(path)
    assert (await served.client.get("/repositories/parking/file/x")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere", "/repositories/none", "/repositories/..%2Fplan", "/repositories/%2e%2e/plan",
        "/repositories/.hidden",
        "/repositories/library.git", "/repositories/library/file/none.py", "/repositories/library/file/app",
        "/repositories/library/file/..%2f..%2fplan.git/HEAD", "/repositories/library/raw/%2Fetc%2Fpasswd",
        "/repositories/library/tree/none", "/repositories/library/tree/%2e%2e",
        "/repositories/library?at=none",
        "/repositories/library?at=--output%3Dx", f"/repositories/library?at={'f' * 40}",
        "/repositories/library/commit/HEAD",
        f"/repositories/library/commit/{'f' * 40}", "/repositories/linked",
        "/assets/../app.py", "/assets/%2e%2e/layout.html",
    ],
)  # fmt: skip
async def test_what_isn_t_there_is_404_and_nothing_outside_is_reached(served: Served, path: str) -> None:
    (served.repositories / "linked.git").symlink_to(served.repositories.parent / "plan.git")
    answer = await served.client.get(path)
    assert answer.status_code == 404, answer.text
    assert "root:" not in answer.text
    assert "<h1>404</h1>" in answer.text
    assert (await served.client.get(path, headers={"Accept": "*/*"})).headers["Content-Type"].startswith("text/plain")


async def test_nothing_can_be_sent(served: Served) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert (await served.client.request(method, "/repositories/library")).status_code == 405
