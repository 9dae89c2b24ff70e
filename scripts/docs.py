"""Writes the generated parts of docs/: floors, checks, conversions, and the rules that the project keeps.

`python -m scripts.docs` writes them; `--check` only compares, and leaves with 1 where a page is stale. Either way a
rule without a proof or an owner, or with one that is not there, is said and fails.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scripts import floors, formats_page
from scripts.checks_page import checks_page, registered_rules
from scripts.rule_list import faults_of, load
from scripts.rules_page import rules_page

__all__ = ["main", "write_pages"]

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Write the pages, or compare them, and return the exit code."""
    pages = write_pages(root, only_compare="--check" in arguments)
    return max(floors.main(arguments), formats_page.main(arguments), pages)


def write_pages(root: Path, *, only_compare: bool) -> int:
    """Write docs/checks.md and docs/rules.md, or compare them; return 1 where something is wrong, else 0."""
    checks = registered_rules()
    rules, unknown_keys = load(root)
    faults = [*unknown_keys, *faults_of(rules, root, (check.id for check in checks))]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    pages = {"checks.md": checks_page(checks)}
    if not faults:
        pages["rules.md"] = rules_page(rules)
    written = [write(root / "docs" / name, page, only_compare=only_compare) for name, page in pages.items()]
    return max(*written, bool(faults))


def write(path: Path, wanted: str, *, only_compare: bool) -> int:
    """Write a page where it differs, or only say so; return the exit code."""
    if path.is_file() and path.read_text(encoding="utf-8") == wanted:
        return 0
    if only_compare:
        sys.stderr.write(f"docs/{path.name} is stale: run `make docs` and commit it\n")
        return 1
    path.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
