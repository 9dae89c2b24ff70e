"""`make fuzz`: many thousand inputs over every reader; none may raise, and none may take longer than a few seconds.

Half of the inputs are samples of tests/documents/samples with mutations (text put in or cut out, lines doubled, dropped
or moved in, the end of another sample), the rest are words of the formats in any order, and arbitrary text. Hypothesis
draws them, so a failure is shrunk to its smallest form. One reading in ten is also shown, given as JSON, linted and
written in its canonical form.

Printed at the end: how many inputs each reader took, and how many of the mutated samples still gave tasks, entities or
whatever the format holds; leaves with 1 where those are less than 30 % of all inputs.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import FrameType
from zlib import crc32

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bot.checks.lint import lint_documents
from bot.documents.conversion import ConversionRefused, canonical_form
from bot.documents.formats import Format, detect_format
from bot.documents.naming import plural
from bot.documents.outlines import outline_of
from bot.documents.readers import DocumentReading, is_empty, model_json, read_document
from bot.documents.text.source_text import SourceText

SAMPLES = Path("tests") / "documents" / "samples"
FOLDERS = {"summaries": Format.SUMMARY}
"""Samples whose text doesn't tell their format, by their folder."""

MOST_SECONDS = 5
"""Of computing, not of waiting: other work on the machine doesn't count."""

SHARE_OF_YIELDING = 0.30
BATCH = 2_500
"""Inputs drawn with one seed; Hypothesis remembers all of a batch."""

USED_FURTHER = 10
"""One text in so many, chosen by its bytes, so that a failure is found again."""

MARKS = (
    "ENTITY:", "TABLE:", "FIELDS:", "RELATIONS:", "RULES:", "ENUM:", "VALUES:", "API_PATH:", "<entity_specs>",
    "</entity_specs>", "<!--", "-->", "- [ ] ", "- [x] 1.1 ", "- [~] ", "_Requirements: ", "_Depends: ", "##", "# ",
    "### Requirement 1: ", "1. WHEN ", " THE System SHALL ", "---\n", "phase: 01", "<task type=", "</task>",
    "<action>", "<objective>", "```", "must_haves:", "  - ", "|", "\\", "\"", "'", "(", ")", "[", "]", "{", "}", "<",
    ">", "~~", "\r\n", "\r", "\t", "\ufeff", "\u2028", "\x00", "\udc80", "é", "–", "→", "*", "_", "1.1-1.9", "&a",
    "*a", "!!python", "\n",
)  # fmt: skip

Sample = tuple[Format, str]
Step = tuple[int, int, int, str]


class TooSlowError(Exception):
    """A reader took longer than a person would wait."""


def main() -> int:
    """Run as many inputs as asked, and print what they came to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=200_000)
    half = max(1, parser.parse_args().inputs // 2)
    counts: Counter[str] = Counter()
    with ProcessPoolExecutor(initializer=get_ready) as processes:
        begins = range(0, half, BATCH)
        for batch in processes.map(run_batch, begins, (min(BATCH, half - begin) for begin in begins)):
            counts += batch
            sys.stderr.write(f"\r{counts['inputs']:,} inputs …")
    return report(counts)


def get_ready() -> None:
    """Let this process be stopped by its own clock, and load the plural library, which takes seconds."""
    signal.signal(signal.SIGVTALRM, stop)
    plural("gizmo")


def report(counts: Counter[str]) -> int:
    """Print the figures; return the exit code."""
    sys.stderr.write("\r")
    for name in sorted(name for name in counts if "," in name):
        sys.stdout.write(f"{counts[name]:>9,}  {name}\n")
    share = counts["yielding"] / counts["inputs"]
    said = f"{counts['yielding']:,} mutated samples ({share:.0%} of all) gave what they hold"
    sys.stdout.write(f"{counts['inputs']:>9,}  inputs; {said}; {counts['further']:,} were used further\n")
    return 0 if share >= SHARE_OF_YIELDING else 1


def run_batch(number: int, size: int) -> Counter[str]:
    """Read so many mutated samples and as many texts of words, drawn with the batch's number as the seed."""
    counts: Counter[str] = Counter()
    quiet = settings(
        max_examples=size,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    texts = st.lists(st.sampled_from(MARKS) | st.text(max_size=12), max_size=40)

    @seed(number)
    @quiet
    @given(st.sampled_from(SAMPLE_TEXTS), st.sampled_from(SAMPLE_TEXTS), STEPS)
    def mutations(sample: Sample, other: Sample, steps: list[Step]) -> None:
        known, text = sample
        counts[f"{known}, mutated samples"] += 1
        counts["yielding"] += not is_empty(read(known, mutated(text, other[1], steps), counts))

    @seed(number)
    @quiet
    @given(st.sampled_from(list(Format)), texts)
    def words(known: Format, parts: list[str]) -> None:
        counts[f"{known}, words and text"] += 1
        read(known, "".join(parts), counts)

    mutations()
    words()
    return counts


def read(known: Format, text: str, counts: Counter[str]) -> DocumentReading:
    """Read a text in time; one in ten is used further as commands do."""
    counts["inputs"] += 1
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        reading = read_document(known, text, "fuzz")
        if crc32(text.encode("utf-8", "surrogatepass")) % USED_FURTHER == 0:
            counts["further"] += 1
            use_further(reading, text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return reading


def use_further(reading: DocumentReading, text: str) -> None:
    """Show a reading, give it as JSON, lint its text, and write it in its canonical form, where it has one."""
    outline_of(reading)
    model_json(reading.model)
    lint_documents({"fuzz": (reading.format, text)})
    try:
        canonical_form(reading.format, text, "fuzz")
    except ConversionRefused:
        return


def stop(_number: int, _frame: FrameType | None) -> None:
    """End a reader that takes too long."""
    raise TooSlowError(f"a reader took longer than {MOST_SECONDS} s")


def samples() -> list[Sample]:
    """Return every sample with its format."""
    found = []
    for path in sorted(path for path in SAMPLES.rglob("*") if path.is_file()):
        text = SourceText.from_bytes(path.read_bytes()).text
        known = detect_format(path.name, text) or FOLDERS.get(path.parent.name)
        if known is not None:
            found.append((known, text))
    return found


def mutated(text: str, other: str, steps: list[Step]) -> str:
    """Return a text after some mutations; every step is a kind, two places in thousandths, and something to put in."""
    for kind, first, second, mark in steps:
        lines = text.splitlines(keepends=True) or [""]
        here, there = first * len(lines) // 1000, second * len(lines) // 1000
        at = first * len(text) // 1000
        if kind == 0:
            text = text[:at] + mark + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + 1 + second % 7 :]
        elif kind == 2:
            text = "".join([*lines[:here], lines[there], *lines[here:]])
        elif kind == 3:
            text = "".join(lines[:here] + lines[here + 1 :])
        elif kind == 4:
            text = text[:at] + other[second * len(other) // 1000 :]
        else:
            text = "".join((" " * (second % 5) + line) if number == here else line for number, line in enumerate(lines))
    return text


SAMPLE_TEXTS = samples()
STEPS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 999), st.integers(0, 999), st.sampled_from(MARKS)),
    min_size=1,
    max_size=6,
)

if __name__ == "__main__":
    sys.exit(main())
