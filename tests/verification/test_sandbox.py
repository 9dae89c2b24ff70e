"""What hostile code can do inside the sandbox: nothing that lasts, and nothing for long."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

import pytest

from bot.verification.environments import Environment
from bot.verification.execution import KEPT_BYTES, execute
from bot.verification.judges import CheckResult, run_judge
from bot.verification.sandbox import INTERPRETER, Job, Level, Limits, NotRun, Sandbox, Trust

TEST = "\n\ndef test_it() -> None:\n    assert True\n"


async def attacked(
    conftest: str,
    tree: Path,
    environment: Environment,
    sandbox: Sandbox,
    seconds: float = 60,
    trust: Trust = Trust.FOREIGN,
) -> CheckResult:
    """Judge a tree whose conftest does something, and whose one test passes."""
    (tree / "conftest.py").write_text(conftest)
    (tree / "test_it.py").write_text(TEST)
    return await run_judge("pytest", tree, environment, trust, sandbox, Limits(seconds=seconds))


@pytest.mark.sandbox
async def test_the_network_is_closed_even_to_this_machine(
    tree: Path, environment: Environment, contained: Sandbox
) -> None:
    reached: list[int] = []

    def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.append(1)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    code = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 5)\n"
    result = await attacked(code, tree, environment, contained)
    server.close()
    assert not result.passed
    assert "Connection refused" in result.tail or "unreachable" in result.tail
    assert reached == []


@pytest.mark.sandbox
async def test_no_secret_of_the_bot_is_in_sight(
    tree: Path, environment: Environment, contained: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    secret = tmp_path / "plans.db"
    secret.write_text("xoxb-very-secret")
    code = f"""
import glob, os, pathlib
seen = [str(os.environ)]
places = [*glob.glob("/proc/*/environ"), *glob.glob("/proc/*/cmdline")]
for place in [{str(secret)!r}, "/etc/shadow", "/etc/passwd", "/root/.ssh", *places]:
    try:
        seen.append(pathlib.Path(place).read_text())
    except OSError as error:
        print(place, type(error).__name__)
raise SystemExit("secret found" if "very-secret" in "".join(seen) or "root:" in "".join(seen) else "nothing found")
"""
    result = await attacked(code, tree, environment, contained)
    assert "nothing found" in result.tail, result.tail
    assert "plans.db FileNotFoundError" in result.tail


@pytest.mark.sandbox
async def test_nothing_outside_can_be_written(tree: Path, environment: Environment, contained: Sandbox) -> None:
    code = f"""
import pathlib
written = []
places = ["/", "/usr", "/source", "/judges", "/dev", "/home", "/var", "/etc", "/proc/sys", {str(environment.path)!r}]
for place in places:
    try:
        (pathlib.Path(place) / "hostile").write_text("x")
        written.append(place)
    except OSError:
        pass
pathlib.Path("conftest.py").write_text("changed")
assert written == [], written
"""
    result = await attacked(code, tree, environment, contained)
    assert result.passed, result.tail
    assert (tree / "conftest.py").read_text() == code
    assert not (tree / "hostile").exists()


@pytest.mark.sandbox
async def test_no_rights_can_be_gained(tree: Path, environment: Environment, contained: Sandbox) -> None:
    code = """
import ctypes, os, pathlib
assert os.getuid() != 0
status = pathlib.Path("/proc/self/status").read_text()
assert "CapEff:\\t0000000000000000" in status and "NoNewPrivs:\\t1" in status
assert ctypes.CDLL(None).unshare(0x10000000) == -1
"""
    result = await attacked(code, tree, environment, contained)
    assert result.passed, result.tail


@pytest.mark.sandbox
async def test_a_thousand_processes_are_not_started(tree: Path, environment: Environment, contained: Sandbox) -> None:
    # This environment is the bot's own; its plugin for second tries begins a thread, for which no process is left.
    (tree / "pytest.ini").write_text("[pytest]\naddopts = -p no:rerunfailures\n")
    code = """
import ctypes, os, time
ctypes.CDLL(None).prctl(15, b"forked-4713")
made = 0
try:
    while made < 1000:
        if os.fork() == 0:
            time.sleep(600)
        made += 1
except OSError:
    pass
assert 10 < made < 300, made
"""
    result = await attacked(code, tree, environment, contained)
    assert result.passed, result.tail
    await gone(4713)


@pytest.mark.sandbox
async def test_the_disk_and_the_memory_are_not_filled(tree: Path, environment: Environment, contained: Sandbox) -> None:
    code = """
import errno
written = 0
try:
    for number in range(64):
        with open(f"/tmp/filler{number}", "wb") as filler:
            for _ in range(32):
                written += filler.write(bytes(1 << 20))
except OSError as error:
    assert error.errno == errno.ENOSPC, error
assert written < (600 << 20), written
try:
    bytearray(8 << 30)
except MemoryError:
    pass
else:
    raise AssertionError("no limit of memory")
import glob, os
for path in glob.glob("/tmp/filler*"):
    os.unlink(path)
"""
    result = await attacked(code, tree, environment, contained)
    assert result.passed, result.tail


@pytest.mark.sandbox
async def test_a_parent_can_t_be_killed_from_inside(tree: Path, environment: Environment, contained: Sandbox) -> None:
    code = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(-1, signal.SIGKILL)\n"
    result = await attacked(code, tree, environment, contained, seconds=20)
    assert not result.passed
    assert (await attacked("", tree, environment, contained)).passed


async def test_one_that_sleeps_for_ever_is_stopped_with_its_children(
    tree: Path, environment: Environment, sandbox: Sandbox
) -> None:
    code = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import time; time.sleep(4711)'])\n"
    result = await attacked(code, tree, environment, sandbox, seconds=3, trust=Trust.TEMPLATES)
    assert (result.passed, result.exit_code) == (False, None)
    assert "stopped after" in result.tail
    await gone(4711)


async def test_a_cancelled_judge_stops_at_once(tree: Path, environment: Environment, sandbox: Sandbox) -> None:
    code = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import time; time.sleep(4712)'])\n"
    work = asyncio.create_task(attacked(code, tree, environment, sandbox, trust=Trust.TEMPLATES))
    while sleepers(4712) == 0:
        assert not work.done()
        await asyncio.sleep(0.05)
    started = time.monotonic()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert time.monotonic() - started < 10
    await gone(4712)


async def test_one_that_prints_a_lot_costs_little(tree: Path, environment: Environment, sandbox: Sandbox) -> None:
    code = "import os\nfor _ in range(3000):\n    os.write(1, b'x' * 65536)\nos.write(1, b'the end')\n"
    result = await attacked(code, tree, environment, sandbox, trust=Trust.TEMPLATES)
    assert len(result.tail) <= 4000
    assert result.passed


async def test_the_end_of_an_output_is_kept(tmp_path: Path) -> None:
    code = "import sys\nsys.stdout.write('x' * 1_000_000 + 'the end')"
    run = await execute([sys.executable, "-c", code], folder=tmp_path, environment={}, seconds=60)
    assert run.exit_code == 0
    assert run.output.endswith("xthe end")
    assert len(run.output) == KEPT_BYTES
    assert run.dropped_bytes == 1_000_007 - KEPT_BYTES


async def test_an_output_held_open_by_a_child_does_not_hold_the_judge(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(30)'], start_new_session=True)\n"
        "print(child.pid, flush=True)"
    )
    run = await execute([sys.executable, "-c", code], folder=tmp_path, environment={}, seconds=60)
    os.kill(int(run.output), 9)
    assert run.exit_code == 0
    assert not run.timed_out


async def test_without_bubblewrap_only_our_own_trees_run(plain: Sandbox, tree: Path) -> None:
    job = Job(command=(str(INTERPRETER), "-c", "print('ran')"), folder=tree)
    assert (await plain.run(job, Trust.TEMPLATES)).output == "ran\n"
    with pytest.raises(NotRun, match="vouches"):
        await plain.run(job, Trust.FOREIGN)


async def test_a_bubblewrap_that_does_not_work_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "bwrap"
    monkeypatch.setenv("PATH", str(tmp_path))
    for script in ("#!/bin/sh\necho No permissions to create a new namespace >&2\nexit 1\n", "#!/bin/nowhere\n"):
        fake.write_text(script)
        fake.chmod(0o755)
        found = await Sandbox.probe()
        assert found.level is Level.TRUSTED_ONLY
        assert "bubblewrap doesn't work here" in found.reason


async def test_a_bubblewrap_that_contains_nothing_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "bwrap"
    pretending = (
        "import os, sys; words = sys.argv[sys.argv.index('-c', 4):]; os.execv(sys.executable, [sys.executable, *words])"
    )
    fake.write_text(f'#!/bin/sh\nexec {INTERPRETER} -c "{pretending}" "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = await Sandbox.probe()
    assert found.level is Level.TRUSTED_ONLY


async def gone(seconds: int) -> None:
    """Wait until no process sleeps for that long: what was killed takes a moment to go."""
    async with asyncio.timeout(10):
        while sleepers(seconds):
            await asyncio.sleep(0.05)


def sleepers(seconds: int) -> int:
    """Return how many processes of this machine sleep for that long, seen by their command line or their name."""
    marks = (f"time.sleep({seconds})".encode(), f"forked-{seconds}".encode())
    found = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            seen = (entry / "cmdline").read_bytes() + (entry / "comm").read_bytes()
        except OSError:
            continue
        found += any(mark in seen for mark in marks)
    return found
