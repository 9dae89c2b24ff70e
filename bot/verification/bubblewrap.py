"""The command line of bubblewrap: what judged code can see, and what it cannot do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.documents.frozen import Frozen

__all__ = ["SCRATCH", "Window", "bubblewrap_command"]

SCRATCH = "/tmp"  # noqa: S108 - a tmpfs of the sandbox's own, of bounded size
SYSTEM = ("/usr", "/nix/store", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives")
"""What programs of the system need; nothing else of /etc, no home folders, no sockets."""
MERGED = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
"""Folders that are links into /usr on most systems."""


class Window(Frozen):
    """What a command sees: folders at places of the sandbox's own, and others at their own places."""

    placed: Mapping[str, Path]
    readable: tuple[Path, ...]
    writable: tuple[Path, ...]
    scratch_bytes: int


def bubblewrap_command(
    bwrap: str,
    launcher: Sequence[str],
    command: Sequence[str],
    window: Window,
    environment: Mapping[str, str],
    root: bool,
) -> list[str]:
    """Return the whole command: no network, own processes, a read-only root, a sized scratch, a cleared environment.

    As root there are two shells. The outer one, which still may pass folders that are closed to others, makes the
    view; the launcher drops to a user of its own (a limit on processes doesn't hold for root); the inner one takes
    the last rights away, that of making user namespaces too. Otherwise one shell does all of it.
    """
    spaces = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    closed = ["--unshare-user", "--disable-userns", "--cap-drop", "ALL", "--die-with-parent"]
    inner: list[str] = []
    if root:
        view = ["--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--proc", "/proc"]
        inner = [bwrap, *closed, *view, "--"]
    else:
        spaces = [*spaces, *closed]
    variables = [word for name, value in environment.items() for word in ("--setenv", name, value)]
    return [
        bwrap, *spaces, "--die-with-parent", "--new-session", "--hostname", "judge", "--clearenv",
        *mounts(window, Path(bwrap)), *variables, "--chdir", "/", "--", *launcher, *inner, *command,
    ]  # fmt: skip


def mounts(window: Window, bwrap: Path) -> list[str]:
    """Return the words that make the view, from empty; the root and /dev end read-only."""
    size = ["--perms", "1777", "--size", str(window.scratch_bytes), "--tmpfs"]
    view = View([SCRATCH, "/dev", "/proc"])
    view.words += ["--proc", "/proc", "--dev", "/dev", *size, "/dev/shm", "--remount-ro", "/dev", *size, SCRATCH]  # noqa: S108 - as above
    for place in (*SYSTEM, *MERGED):
        view.show(Path(place))
    view.show(bwrap)
    for path in window.readable:
        view.show(path)
        view.show(path.resolve())
    for place, path in window.placed.items():
        view.words += ["--ro-bind", str(path.resolve()), place]
    for path in window.writable:
        view.make_parents(path)
        view.words += ["--bind", str(path.resolve()), str(path)]
    return [*view.words, "--remount-ro", "/"]


class View:
    """Collects the words that show files and folders, each at its own place, below folders that all may pass."""

    def __init__(self, made: Sequence[str]) -> None:
        self.words: list[str] = []
        self.made = {Path("/"), *map(Path, made)}
        self.shown: set[Path] = set()

    def show(self, path: Path) -> None:
        """Show a file or folder read-only; what is missing, or in sight already, changes nothing. Links stay links."""
        if not path.exists() or self.in_sight(path):
            return
        self.make_parents(path)
        if path.is_symlink():
            self.words += ["--symlink", str(path.readlink()), str(path)]
        else:
            self.words += ["--ro-bind", str(path), str(path)]
        self.shown.add(path)

    def make_parents(self, path: Path) -> None:
        """Make the folders above a place, where they aren't in sight."""
        for parent in reversed(path.parents):
            if parent not in self.made and not self.in_sight(parent):
                self.words += ["--perms", "0755", "--dir", str(parent)]
                self.made.add(parent)

    def in_sight(self, path: Path) -> bool:
        """Tell whether a place is shown, by itself or with a folder above it."""
        return path in self.shown or any(parent in self.shown for parent in path.parents)
