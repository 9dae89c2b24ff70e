"""The bot on a fast clock, counting its live objects when it is asked: ``python -m tests.soak.counting_bot serve``.

On SIGUSR1 it adds a line of JSON to the file of ``SOAK_COUNTS``: how many objects live, and how many of each type.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.soak.fast_clock import FastDatetime

MOST_TYPES = 40


def count(_signal: int, _frame: object) -> None:
    """Add a line about what lives now."""
    for _ in range(3):
        gc.collect()
    kinds = Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())
    line = json.dumps({"objects": kinds.total(), "kinds": dict(kinds.most_common(MOST_TYPES))})
    with Path(os.environ["SOAK_COUNTS"]).open("a", encoding="utf-8") as counts:
        counts.write(f"{line}\n")


def main() -> None:
    """Be the bot."""
    from bot.store.tables import columns

    columns.datetime = FastDatetime  # type: ignore[attr-defined]
    from bot.cli import app
    from bot.slack.blocks import card

    watched: Any = card
    watched.datetime = FastDatetime
    signal.signal(signal.SIGUSR1, count)
    app(sys.argv[1:])


if __name__ == "__main__":
    main()
