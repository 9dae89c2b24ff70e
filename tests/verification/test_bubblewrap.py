"""The view that a sandbox gives, and the shape for bots that aren't root."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.verification.bubblewrap import View, Window, bubblewrap_command
from bot.verification.sandbox import INSIDE, Job, launcher_orders

HOSTILE = """
import ctypes, os, time
assert os.getcwd() == "/tmp/judged" and os.listdir(".") == ["file"]
assert ctypes.CDLL(None).unshare(0x10000000) == -1
for path in ("/file", "/source/file", "/judges/file", "/dev/file"):
    try:
        open(path, "w")
    except OSError:
        continue
    raise SystemExit(path + " was written")
made = 0
try:
    while made < 1000:
        if os.fork() == 0:
            time.sleep(60)
        made += 1
except OSError:
    print("contained" if 10 < made < 300 else made)
"""


def test_what_is_shown_once_is_not_shown_again(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "link").symlink_to("a")
    view = View([])
    for path in ("a", "a/b", "a", "none", "link"):
        view.show(tmp_path / path)
    assert [word for word in view.words if word.startswith("--") and word not in {"--perms", "--dir"}] == [
        "--ro-bind",
        "--symlink",
    ]


@pytest.mark.sandbox
def test_a_bot_that_is_not_root_contains_as_much(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("this run isn't root, so every other test of the sandbox shows this")
    python, setpriv, bwrap = "/usr/bin/python3", shutil.which("setpriv"), shutil.which("bwrap")
    if not Path(python).exists() or setpriv is None or bwrap is None:
        pytest.skip("no /usr/bin/python3 that another user may run")
    tree = Path("/var/tmp") / f"planthread-{os.getpid()}"
    tree.mkdir(mode=0o755)
    (tree / "file").write_text("x")
    try:
        orders = launcher_orders(Job(command=(), folder=tree), "/tmp/judged", {"/source": "/tmp/judged"})
        launcher = [python, "-I", "-S", "/judges/launcher.py", orders]
        window = Window(placed={"/source": tree, "/judges": INSIDE}, readable=(), writable=(), scratch_bytes=1 << 26)
        command = bubblewrap_command(bwrap, launcher, [python, "-c", HOSTILE], window, {"PATH": "/usr/bin"}, root=False)
        user = [setpriv, "--reuid", "64739", "--regid", "64739", "--clear-groups", "--"]
        run = subprocess.run([*user, *command], capture_output=True, text=True, check=False, timeout=60)
        if "Permission denied" in run.stderr and str(INSIDE) in run.stderr:
            pytest.skip("another user may not read this checkout")
        assert (run.stdout, run.stderr) == ("contained\n", "")
    finally:
        shutil.rmtree(tree)
