"""`make seeded-defects`: leaves with 1 where a defect goes unnoticed, or the generated tests alone miss too many.

python -m tests.generated_services.defects                     all
python -m tests.generated_services.defects "lost filter"       one, by its name
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.generated_services.defects.catalogue import DEFECTS
from tests.generated_services.defects.hunt import OWN_TESTS, Catch, CleanServiceFails, hunt
from tests.generated_services.defects.patches import PatchDoesNotApply
from tests.generated_services.judges.base import Workbench
from tests.generated_services.outside_tools import ToolsNotFetched, fetch_tools
from tests.generated_services.services import NotBuilt

RESULTS = Path("test-artifacts") / "seeded-defects.json"
SHARE_OF_OWN_TESTS = 0.9
"""Of all defects, which the tests of the service must notice by themselves."""


def tell(catch: Catch) -> None:
    """Print who noticed a defect."""
    sys.stdout.write(f"{catch.defect:<28} {catch.by or 'NOBODY':<22} {catch.seconds:>6.1f} s  {catch.how}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Hunt the defects that were named, or all; return the exit code."""
    reading = argparse.ArgumentParser(prog="python -m tests.generated_services.defects", description=__doc__)
    reading.add_argument("names", nargs="*", help=", ".join(defect.name for defect in DEFECTS))
    reading.add_argument("--jobs", type=int, default=2, help="defects at once")
    options = reading.parse_args(arguments)
    wanted = [defect for defect in DEFECTS if defect.name in options.names or not options.names]
    try:
        workbench = Workbench(fetch_tools())
        with workbench.servers, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            catches = hunt(wanted, workbench, Path(folder), options.jobs, tell)
    except (CleanServiceFails, NotBuilt, PatchDoesNotApply, ToolsNotFetched) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    sys.stdout.write(f"{conclusion(catches)}\n")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(catch) for catch in catches], indent=1) + "\n", encoding="utf-8")
    return 0 if is_enough(catches) else 1


def conclusion(catches: Sequence[Catch]) -> str:
    """Return the figures in one line."""
    own = sum(catch.by == OWN_TESTS for catch in catches)
    missed = [catch.defect for catch in catches if not catch.by]
    said = f"unnoticed: {', '.join(missed)}" if missed else "none is unnoticed"
    return f"{len(catches)} defects: {own} noticed by the generated tests alone; {said}"


def is_enough(catches: Sequence[Catch]) -> bool:
    """Tell whether every defect was noticed, and nearly all of them by the generated tests."""
    own = sum(catch.by == OWN_TESTS for catch in catches)
    return bool(catches) and all(catch.by for catch in catches) and own >= SHARE_OF_OWN_TESTS * len(catches)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
