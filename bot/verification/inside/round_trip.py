"""Takes the database up, down and up again with Alembic; after each way up no difference may be left."""

from __future__ import annotations

import os
import subprocess
import sys

STEPS = (
    ("upgrade", "head"),
    ("check",),
    ("downgrade", "base"),
    ("upgrade", "head"),
    ("check",),
)


def main() -> int:
    """Run the steps in the current folder; stop at the first that fails, with its exit code."""
    for step in STEPS:
        print("alembic", *step, flush=True)  # noqa: T201 - the judge's output
        run = subprocess.run([sys.executable, "-m", "alembic", *step], check=False, env=os.environ)
        if run.returncode != 0:
            return run.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
