"""`make peers`: the same three entities by Planthread and by its peers, before the same outside judges.

python -m tests.generated_services.peers                      all (ten minutes and more; needs a network)
python -m tests.generated_services.peers fastcrud planthread  those whose names hold one of the words
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from filelock import FileLock

from bot.verification.environments import EnvironmentNotReady
from tests.generated_services.judges.base import CannotJudge, Workbench
from tests.generated_services.outside_tools import ToolsNotFetched, fetch_tools, shared_cache
from tests.generated_services.peers.looks import LOOKS, Look, look_at
from tests.generated_services.peers.projects import NotMade, Peer
from tests.generated_services.peers.recipes import PEERS
from tests.generated_services.peers.table import cell, markdown, write_json
from tests.generated_services.programs import environment_of, run

RESULTS = Path("test-artifacts") / "peers.json"


def main(arguments: list[str]) -> int:
    """Judge the peers that were chosen, and print the table. Return 1 where Planthread itself fails a look."""
    options = parser().parse_args(arguments)
    peers = [peer for peer in PEERS if not options.words or any(word in peer.name.lower() for word in options.words)]
    if not peers:
        return refuse(f"no peer is named so; there are: {', '.join(peer.name for peer in PEERS)}")
    try:
        workbench = Workbench(fetch_tools(), options.examples)
    except ToolsNotFetched as error:
        return refuse(str(error))
    results: dict[str, dict[str, Look]] = {}
    with workbench.servers, one_run_at_a_time():
        for peer in peers:
            results[peer.name] = judged(peer, workbench, options.looks or list(LOOKS))
            write_json(results, versions(workbench), RESULTS)
    say(f"\n{markdown(results)}\n\n{versions(workbench)}; all that was printed is in {RESULTS}")
    ours = [look.ok for name, looks in results.items() if name == PEERS[0].name for look in looks.values()]
    return 1 if False in ours else 0


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    made = argparse.ArgumentParser(prog="python -m tests.generated_services.peers", description=__doc__)
    made.add_argument("words", nargs="*", help="words of the peers' names", type=str.lower)
    made.add_argument("--look", dest="looks", action="append", choices=list(LOOKS), help="this look only")
    made.add_argument("--examples", type=int, help="examples that schemathesis draws for each operation")
    return made


def one_run_at_a_time() -> FileLock:
    """Return the lock of the folder in which all runs of this machine work."""
    lock = shared_cache() / "peers" / "work.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(lock)


def judged(peer: Peer, workbench: Workbench, looks: list[str]) -> dict[str, Look]:
    """Have a peer make its project in a new folder, and look at it."""
    place = shared_cache() / "peers" / "work" / peer.name.split()[0].lower()
    shutil.rmtree(place, ignore_errors=True)
    (place / "made").mkdir(parents=True)
    began = time.monotonic()
    try:
        project = peer.make(workbench, place / "made")
    except NotMade as error:
        return {"made": told(peer, "made", Look(False, str(error), error.output[-4000:]))}
    except (CannotJudge, EnvironmentNotReady) as error:
        return {"made": told(peer, "made", Look(False, str(error)))}
    results = {"made": told(peer, "made", Look(True, f"in {time.monotonic() - began:.0f} s"))}
    for name in looks:
        results[name] = told(peer, name, look_at(name, peer, project, workbench, place / name.replace(" ", "-")))
    return results


def told(peer: Peer, name: str, look: Look) -> Look:
    """Print a look as soon as it is known."""
    say(f"{peer.name:<28} {name:<14} {cell(look)}")
    return look


def versions(workbench: Workbench) -> str:
    """Return which outside judge this was."""
    tools = workbench.tools.python
    return run([tools / "schemathesis", "--version"], tools, environment_of(tools)).output.strip() + ", mypy 2.4.1"


def refuse(sentence: str) -> int:
    """Say what is wrong, and return the exit code of wrong usage."""
    sys.stderr.write(sentence + "\n")
    return 2


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
