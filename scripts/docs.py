"""Writes the generated parts of docs/ and evals/: floors, checks, conversions, measured scores, and the rules kept.

`python -m scripts.docs` writes them; `--check` only compares, and leaves with 1 where a page is stale. Either way a
rule without a proof or an owner, or with one that is not there, is said and fails.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.evaluation.results import scores_page
from scripts.checks_page import checks_page, registered_rules
from scripts.floors import write_floors
from scripts.formats_page import write_pairs
from scripts.pages import Part, write_page
from scripts.rule_list import faults_of, load
from scripts.rules_page import rules_page

__all__ = ["main", "write_pages"]

ROOT = Path(__file__).resolve().parent.parent
SCORES = Part("evals/README.md", "scores", "the files in evals/results")


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Write pages and parts of pages, or compare them, and return the exit code."""
    only_compare = "--check" in arguments
    writers = (write_floors, write_pairs, write_pages, write_scores)
    return max(write(root, only_compare=only_compare) for write in writers)


def write_scores(root: Path, *, only_compare: bool) -> int:
    """Write the newest measured scores into evals/README.md, or compare them, and return the exit code."""
    return SCORES.write(root, scores_page(root / "evals" / "results"), only_compare=only_compare)


def write_pages(root: Path, *, only_compare: bool) -> int:
    """Write docs/checks.md and docs/rules.md, or compare them; return 1 where something is wrong, else 0."""
    checks = registered_rules()
    rules, unknown_keys = load(root)
    faults = [*unknown_keys, *faults_of(rules, root, (check.id for check in checks))]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    pages = {"docs/checks.md": checks_page(checks)}
    if not faults:
        pages["docs/rules.md"] = rules_page(rules)
    written = [write_page(root, name, page, only_compare=only_compare) for name, page in pages.items()]
    return max(*written, bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
