"""Compiled templates, kept beside the compiled modules of this package, so that a build need not compile them again.

As Python does with modules: made when they can be written, left out where they can't, and made anew when a template,
the version of Python or that of Jinja2 is another.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

__all__ = ["CompiledTemplates"]

FOLDER = Path(__file__).with_name("__pycache__")


class CompiledTemplates(BytecodeCache):
    """Keeps the bytecode of each template in a file; what can't be read or written is compiled again."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Keep the files in a folder."""
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was kept; the bucket itself refuses the bytecode of other sources and versions."""
        with contextlib.suppress(OSError), self.place(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep bytecode, in one step, so that nobody reads half of it."""
        place = self.place(bucket)
        beside = place.with_suffix(f".{os.getpid()}-{id(bucket)}")
        with contextlib.suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            try:
                with beside.open("wb") as file:
                    bucket.write_bytecode(file)
                beside.replace(place)
            finally:
                beside.unlink(missing_ok=True)

    def place(self, bucket: Bucket) -> Path:
        """Return the file of a template."""
        return self.folder / f"template-{bucket.key}.jinja"
