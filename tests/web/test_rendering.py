"""Patches are split into files whatever stands in them, and code is highlighted by its name."""

from __future__ import annotations

from bot.web.rendering import HIGHLIGHTED_BYTES, SHOWN_LINES, changed_files, code_html

PATCH = """diff --git a/one.py b/one.py
index 1..2 100644
--- a/one.py
+++ b/one.py
@@ -1,2 +1,2 @@
 same
-diff --git a/x b/x
+--- not a header
\\ No newline at end of file
diff --git a/new b name.txt b/new b name.txt
new file mode 100644
index 0..1
--- /dev/null
+++ b/new b name.txt
@@ -0,0 +1 @@
+x
diff --git a/gone.txt b/gone.txt
deleted file mode 100644
--- a/gone.txt
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/old.py b/moved.py
similarity index 100%
rename from old.py
rename to moved.py
diff --git a/dot.png b/dot.png
new file mode 100644
Binary files /dev/null and b/dot.png differ
"""


def test_each_file_of_a_patch_has_its_name_and_counts() -> None:
    files = changed_files(PATCH)
    assert [(file.title, file.added, file.removed) for file in files] == [
        ("one.py", 1, 1), ("new b name.txt", 1, 0), ("gone.txt", 0, 1), ("moved.py", 0, 0), ("dot.png", 0, 0),
    ]  # fmt: skip
    assert [line.kind for line in files[0].lines] == ["place", "same", "removed", "added", "place"]
    assert [line.text for line in files[3].lines] == ["rename from old.py", "rename to moved.py"]
    assert changed_files("") == []


def test_a_long_patch_is_cut_and_says_so() -> None:
    body = "".join(f"+{number}\n" for number in range(SHOWN_LINES + 10))
    block = f"diff --git a/x b/x\n--- a/x\n+++ b/x\n{body}"
    (first, second) = changed_files(block + block)
    assert (len(first.lines), first.hidden, first.added) == (SHOWN_LINES, 10, SHOWN_LINES + 10)
    assert (len(second.lines), second.hidden) == (0, SHOWN_LINES + 10)


def test_unknown_names_and_long_files_are_plain_text() -> None:
    assert code_html("x.unknown", "a < b\n") == '<span id="L1">a &lt; b\n</span>'
    long = "x = 1\n" * (HIGHLIGHTED_BYTES // 6 + 1)
    assert 'class="' not in code_html("x.py", long, lines=False)
    assert code_html("x.py", "") == '<span id="L1">\n</span>'
    assert code_html("x.txt", "\n\na", lines=False) == "\n\na\n"
