"""The container image's steps, without an engine: what each takes is there; what needs no network runs on a copy."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import uv

from bot.local_workspace.server import listening_socket
from bot.verification.bubblewrap import Window, bubblewrap_command
from tests.end_to_end.programs import PATIENCE, Program, clean_environment, workspace

ROOT = Path(__file__).resolve().parents[2]
ENTRYPOINT = ROOT / "scripts" / "container-entrypoint.sh"
is_root = pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root becomes another user")


class Step(NamedTuple):
    """One instruction of the Dockerfile, in the stage that it stands in (0 builds, 1 is the image)."""

    stage: int
    word: str
    rest: str


def steps() -> list[Step]:
    """Return the Dockerfile's instructions, continued lines joined, comments left out."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#")).replace("\\\n", " ")
    found, stage = [], -1
    for line in filter(str.strip, text.splitlines()):
        word, _, rest = line.partition(" ")
        stage += word == "FROM"
        found.append(Step(stage, word, " ".join(rest.split())))
    return found


def rest_of(word: str, stage: int) -> list[str]:
    """Return what follows a word in a stage."""
    return [step.rest for step in steps() if (step.stage, step.word) == (stage, word)]


def variables(stage: int) -> dict[str, str]:
    """Return what a stage sets for those after it."""
    return dict(word.split("=", 1) for rest in rest_of("ENV", stage) for word in shlex.split(rest))


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give what an engine is sent: the files that git knows and .dockerignore lets through."""
    place = tmp_path_factory.mktemp("context")
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    listed = subprocess.run(["git", "ls-files", "--", *allowed], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(lambda name: (ROOT / name).is_file(), listed.stdout.splitlines()):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, place / name)
    return place


@pytest.fixture(scope="module")
def layers(context: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Give the building stage's folder after each of its COPY instructions."""
    made: list[Path] = []
    for number, rest in enumerate(rest_of("COPY", 0)):
        place = tmp_path_factory.mktemp("layers") / str(number)
        if made:
            shutil.copytree(made[-1], place)
        place.mkdir(exist_ok=True)
        *sources, target = rest.split()
        for source in sources:
            if (context / source).is_dir():
                shutil.copytree(context / source, place / target)
            else:
                shutil.copy2(context / source, place / target)
        made.append(place)
    return made


def uv_run(folder: Path, *arguments: str | Path) -> str:
    """Run uv in a folder without a network."""
    done = subprocess.run(
        [uv.find_uv_bin(), *arguments, "--offline"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_lock_that_is_copied_first_is_enough_to_install_the_packages(layers: list[Path]) -> None:
    assert sorted(path.name for path in layers[0].iterdir()) == ["LICENSE", "README.md", "pyproject.toml", "uv.lock"]

    wanted = uv_run(layers[0], "export", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes")

    assert {"dbos", "slack-bolt", "typer"} <= {line.partition("==")[0] for line in wanted.splitlines()}
    assert not re.search(r"^(pytest|mypy)==", wanted, re.MULTILINE)


@pytest.mark.environment
def test_what_is_copied_is_enough_to_build_and_set_up_the_program(layers: list[Path], tmp_path: Path) -> None:
    (command,) = [rest for rest in rest_of("RUN", 0) if "setup" in rest]
    assert "uv sync --frozen --no-dev --no-editable &&" in command
    assert command.endswith("PLANTHREAD_CACHE=/opt/planthread/cache /opt/planthread/venv/bin/planthread setup")
    python = ("--python", sys.executable)

    uv_run(layers[-1], "build", "--wheel", "--no-build-isolation", *python, "--out-dir", tmp_path / "wheel")
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    uv_run(tmp_path, "pip", "install", "--no-deps", *python, "--target", tmp_path / "installed", wheel)
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "setup"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path / "installed")}
        | {"PLANTHREAD_CACHE": os.environ["PLANTHREAD_CACHE"]},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "packages are in" in done.stdout


def test_the_image_takes_over_what_the_first_stage_made_and_runs_it_by_name() -> None:
    (made, script) = rest_of("COPY", 1)
    here = variables(1)

    assert variables(0)["UV_PROJECT_ENVIRONMENT"] == "/opt/planthread/venv"
    assert made == "--from=build --chown=planthread:planthread /opt/planthread /opt/planthread"
    assert here["PATH"].startswith("/opt/planthread/venv/bin:")
    assert here["PLANTHREAD_CACHE"] == "/opt/planthread/cache"
    assert script == "scripts/container-entrypoint.sh /usr/local/bin/container-entrypoint"
    assert json.loads(*rest_of("ENTRYPOINT", 1)) == ["tini", "--", "container-entrypoint"]
    assert json.loads(*rest_of("CMD", 1)) == ["planthread", "serve"]
    assert os.access(ENTRYPOINT, os.X_OK)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("useradd"), reason="only root makes users")
def test_the_images_own_user_can_be_made(tmp_path: Path) -> None:
    (command,) = [part for rest in rest_of("RUN", 1) for part in rest.split(" && ") if part.startswith("useradd")]
    (tmp_path / "etc").mkdir()
    (tmp_path / "home").mkdir()
    for name in ("passwd", "group", "shadow", "gshadow"):
        (tmp_path / "etc" / name).touch()

    program, *arguments = shlex.split(command)
    subprocess.run([program, "--prefix", tmp_path, *arguments], capture_output=True, check=True)

    assert (tmp_path / "etc" / "passwd").read_text().startswith("planthread:x:10001:10001:")
    assert (tmp_path / "home" / "planthread").stat().st_uid == 10001
    assert variables(1)["HOME"] == "/home/planthread"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that other users may enter; pytest's own may not be."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@is_root
def test_the_bots_user_gets_no_rights_back_and_keeps_no_group(open_folder: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PLANTHREAD_DATA": str(open_folder / "data"), "RUN_AS": "nobody"}

    done = subprocess.run(
        [ENTRYPOINT, "grep", "-E", "^(Uid|Groups|NoNewPrivs|CapEff):", "/proc/self/status"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    said = {name: rest.split() for name, _, rest in (line.partition(":") for line in done.stdout.splitlines())}

    assert len(set(said["Uid"])) == 1
    assert "0" not in said["Uid"]
    assert (said["Groups"], said["NoNewPrivs"], said["CapEff"]) == ([], ["1"], ["0000000000000000"])


@is_root
@pytest.mark.sandbox
def test_the_bots_user_still_contains_what_it_judges(open_folder: Path) -> None:
    bwrap = shutil.which("bwrap") or ""
    (open_folder / "file").write_text("x")
    window = Window(placed={"/source": open_folder}, readable=(), writable=(), scratch_bytes=1 << 26)
    work = ["sh", "-c", "id -u; cat /source/file; touch /source/other || echo kept"]
    command = bubblewrap_command(bwrap, work, [], window, {"PATH": "/usr/bin:/bin"}, root=False)
    environment = {"PATH": os.environ["PATH"], "PLANTHREAD_DATA": str(open_folder / "data"), "RUN_AS": "nobody"}

    done = subprocess.run([ENTRYPOINT, *command], env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.split()[1:] == ["xkept"], done.stderr


@pytest.mark.matrix
def test_the_image_starts_the_bot_is_found_alive_and_stops_when_told(tmp_path: Path) -> None:
    with closing(listening_socket("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    (health,) = rest_of("HEALTHCHECK", 1)
    alive = json.loads(health.partition("CMD ")[2].replace(variables(1)["PLANTHREAD_PORT"], port))
    here = workspace(tmp_path).start()
    environment = clean_environment() | {
        "PLANTHREAD_HOST": variables(1)["PLANTHREAD_HOST"],
        "PLANTHREAD_PORT": port,
        "PLANTHREAD_DATA": str(tmp_path / "data"),
        "RUN_AS": "root",
        "PYTHONPATH": str(ROOT),
        "SLACK_API_URL": f"{here.probe}/api",
        "SLACK_BOT_TOKEN": "xoxb-local",
        "SLACK_APP_TOKEN": "xapp-local",
    }
    command = [sys.executable, "-m", "bot.cli", *json.loads(*rest_of("CMD", 1))[1:]]
    ready = f"http://127.0.0.1:{port}/readyz"
    bot = Program(command, environment, tmp_path / "bot.log", ready, program=str(ENTRYPOINT)).start()

    checked = subprocess.run([sys.executable, *alive[1:]], check=False, timeout=PATIENCE)
    assert bot.process is not None
    bot.process.send_signal(signal.SIGTERM)
    left = bot.process.wait(timeout=PATIENCE)
    again = subprocess.run([sys.executable, *alive[1:]], capture_output=True, check=False, timeout=PATIENCE)
    here.stop()

    assert (alive[0], checked.returncode, left) == ("python", 0, 0)
    assert again.returncode == 1
