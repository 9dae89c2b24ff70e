"""`make test-generated`: builds services, and leaves with 1 where a judge finds a fault or could not be asked.

python -m tests.generated_services                          the whole matrix (hours)
python -m tests.generated_services 3 auth ruff,mypy         one service, two judges
python -m tests.generated_services --specs 3 --features auth,audit --judges schemathesis --database sqlite
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

from tests.generated_services.choosing import NotUnderstood, chosen, parser
from tests.generated_services.judges.base import Workbench
from tests.generated_services.matrix import Choice, judge_all
from tests.generated_services.outside_tools import ToolsNotFetched, fetch_tools
from tests.generated_services.verdicts import State, Verdict, heading, line_of, summary, write_json

RESULTS = Path("test-artifacts") / "generated-services.json"
PRINTING = threading.Lock()


def say(text: str) -> None:
    """Print at once, never in the middle of another line."""
    with PRINTING:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def tell(verdict: Verdict) -> None:
    """Print a verdict."""
    say(line_of(verdict))


def main(arguments: list[str]) -> int:
    """Judge what was chosen; return the exit code: 2 where the choice is not understood."""
    options = parser().parse_args(arguments)
    try:
        choice, tools = chosen(options), fetch_tools()
    except (NotUnderstood, ToolsNotFetched) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    say(heading())
    verdicts = run(choice, Workbench(tools, options.examples), options.keep, options.jobs)
    write_json(verdicts, RESULTS)
    say(f"\n{summary(verdicts)}")
    return 0 if all(verdict.state is State.PASSED for verdict in verdicts) else 1


def run(choice: Choice, workbench: Workbench, keep: Path | None, jobs: int) -> list[Verdict]:
    """Judge in the folder that is to be kept, or in one that goes with its content."""
    with workbench.servers:
        if keep:
            return judge_all(choice, workbench, keep.absolute(), jobs, tell, keep=True)
        with tempfile.TemporaryDirectory(prefix="planthread-generated-", ignore_cleanup_errors=True) as folder:
            return judge_all(choice, workbench, Path(folder), jobs, tell, keep=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
