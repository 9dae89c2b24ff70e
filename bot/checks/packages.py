"""Rules over package names: what a plan or a dependency list asks for must exist, live, and be what is meant."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator

from bot.checks.package_lists import PackageMention, mentions_of, packages_in
from bot.checks.package_names import (
    ALLOWED_PYTHON_PREFIX,
    DEAD_PACKAGES,
    IMPORTED_AS,
    SAME_MODULE,
    STANDARD_LIBRARY,
    WELL_KNOWN,
    WITHOUT_PYTHON_PREFIX,
    DeadPackage,
    normal_name,
)
from bot.checks.registry import Problem, RuleSet, quote
from bot.checks.spelling import is_one_slip
from bot.documents.findings import Finding, Place, Severity
from bot.documents.text.reading import FindingList
from bot.documents.text.source_text import SourceText

__all__ = ["PACKAGE_RULES", "check_package_file", "check_packages", "subject_of"]

Packages = tuple[PackageMention, ...]

PACKAGE_RULES: RuleSet[Packages] = RuleSet("requirements.txt")
rule = PACKAGE_RULES.rule

SHORTEST_SLIP = 6
"""Letters; shorter names are one letter apart by chance."""

DEAD = {package.name: package for package in DEAD_PACKAGES}


def problem(mention: PackageMention, message: str, next_step: str) -> Problem:
    """Return a problem at the line of a package."""
    return Problem(subject_of(mention), message, next_step)


def subject_of(mention: PackageMention) -> str:
    """Return what findings call the place of a package: its line, or nothing."""
    return f"line {mention.line}" if mention.line else ""


@rule(
    "PT601",
    "No package is called python-… but python-dotenv, python-dateutil, python-multipart and python-jose",
    Severity.ERROR,
    "Packages are named for what they are (redis, celery, pillow); behind most python-… names are strangers.",
)
def has_no_python_prefix(packages: Packages) -> Iterator[Problem]:
    """Find python-… names beside the four that are real."""
    for mention in packages:
        name = normal_name(mention.name)
        if not name.startswith("python-") or name in ALLOWED_PYTHON_PREFIX:
            continue
        known = WITHOUT_PYTHON_PREFIX.get(name)
        bare = name.removeprefix("python-")
        meant = known or IMPORTED_AS.get(bare, bare)
        step = f"Write {meant}." if known or meant in WELL_KNOWN else f"Write {meant}, if that is the package you mean."
        yield problem(mention, f"{quote(mention.name)} has the prefix python-.", step)


def is_dead(packages: Packages, severity: Severity) -> Iterator[Problem]:
    """Find packages of the table of dead ones that weigh as much."""
    for mention in packages:
        dead = DEAD.get(normal_name(mention.name))
        if dead and dead.severity is severity:
            yield problem(mention, f"{dead.name} is dead: {dead.reason}.", advice(dead))


def advice(dead: DeadPackage) -> str:
    """Say what to use instead of a dead package."""
    return f"Use {dead.replacement} instead."


@rule(
    "PT602",
    "No package is dead, such as fastapi-jwt-auth",
    Severity.ERROR,
    "A package that breaks with today's Python or FastAPI makes the whole service fail, or its lock unsatisfiable.",
)
def lives(packages: Packages) -> Iterator[Problem]:
    """Find packages that break."""
    yield from is_dead(packages, Severity.ERROR)


@rule(
    "PT603",
    "No package has been left by those who kept it, such as passlib",
    Severity.WARNING,
    "It works today; nobody will mend it when it doesn't.",
)
def is_kept(packages: Packages) -> Iterator[Problem]:
    """Find packages that work yet, and are no longer kept."""
    yield from is_dead(packages, Severity.WARNING)


@rule(
    "PT604",
    "Every entry of a dependency list begins with a package's name: letters, digits, and . _ - between them",
    Severity.ERROR,
    "A name outside PEP 508 can't be installed; at best the list is broken, at worst it is a trap.",
)
def has_valid_name(packages: Packages) -> Iterator[Problem]:
    """Find entries that can't be a package."""
    for mention in packages:
        if not mention.is_valid:
            message = f"{quote(mention.text)} can't be a package's name."
            yield problem(mention, message, "Write one name such as fastapi, with its version behind it.")


@rule(
    "PT605",
    "Nothing is installed that comes with Python, such as asyncio or uuid",
    Severity.ERROR,
    "Packages of these names are old backports that break Python's own module, or strangers.",
)
def is_not_built_in(packages: Packages) -> Iterator[Problem]:
    """Find names of the standard library."""
    for mention in packages:
        if normal_name(mention.name).replace("-", "_") in STANDARD_LIBRARY:
            yield problem(mention, f"{quote(mention.name)} comes with Python.", "Take it out of the list.")


@rule(
    "PT606",
    "A package is listed by the name that is installed, not the one that is imported",
    Severity.ERROR,
    "yaml is imported and pyyaml installed; what the imported name installs, if anything, is by somebody else.",
)
def is_installed_name(packages: Packages) -> Iterator[Problem]:
    """Find names of modules in place of packages."""
    for mention in packages:
        meant = IMPORTED_AS.get(normal_name(mention.name))
        if meant:
            yield problem(mention, f"{quote(mention.name)} is not what gets installed.", f"Write {meant}.")


@rule(
    "PT607",
    "No name is one letter away from a well-known package",
    Severity.WARNING,
    "Strangers register such names and wait for slips.",
)
def is_no_slip(packages: Packages) -> Iterator[Problem]:
    """Find names that look like a slip of a well-known one."""
    for mention in packages:
        name = normal_name(mention.name)
        if len(name) < SHORTEST_SLIP or name in WELL_KNOWN:
            continue
        meant = next((known for known in sorted(WELL_KNOWN) if is_one_slip(name, known)), None)
        if meant:
            yield problem(mention, f"{quote(mention.name)} looks like {meant}.", f"Write {meant}, if you mean that.")


@rule(
    "PT608",
    "A package is listed once, and of packages that write the same module only one",
    Severity.WARNING,
    "With two entries one version wins by chance; two packages of one module overwrite each other's files.",
)
def is_listed_once(packages: Packages) -> Iterator[Problem]:
    """Find packages that stand twice in one group, whatever their spelling, and rivals for one module."""
    seen: dict[tuple[str, str], str] = {}
    for mention in packages:
        name = normal_name(mention.name)
        if mention.condition or not mention.is_valid:
            continue
        rivals = next((sorted(module - {name}) for module in SAME_MODULE if name in module), [])
        rival = next((other for other in rivals if (mention.group, other) in seen), None)
        if rival:
            message = f"{quote(mention.name)} writes the same module as {quote(seen[mention.group, rival])}."
            yield problem(mention, message, "Keep one of them.")
        if (mention.group, name) in seen:
            message = f"{quote(mention.name)} is listed a second time, after {quote(seen[mention.group, name])}."
            yield problem(mention, message, "Keep one entry, with the version that holds.")
        seen.setdefault((mention.group, name), mention.text)


def check_packages(names: Iterable[str]) -> tuple[Finding, ...]:
    """Return what the rules find in names, dependency strings, lines of requirements.txt or installing commands."""
    return PACKAGE_RULES.check(tuple(mention for name in names for mention in mentions_of(name)))


def check_package_file(text: str, file: str = "requirements.txt") -> tuple[Finding, ...]:
    """Return what the rules find in a requirements.txt or a pyproject.toml, each at its line. Never raises."""
    findings = FindingList(file)
    packages = read_packages(text, findings)
    places = {subject_of(mention): Place(file=file, line=mention.line, column=1) for mention in packages}
    return (*findings.findings, *PACKAGE_RULES.check(packages, places | {"": Place(file=file)}))


def read_packages(text: str, findings: FindingList) -> Packages:
    """Return the packages of a file; none, and why, where it can't be read."""
    if SourceText(text).is_too_large:
        findings.add("PT009", "This document is larger than 5 MB, so it was not read.", "Split it.")
        return ()
    try:
        return packages_in(text)
    except tomllib.TOMLDecodeError as error:
        findings.add("PT005", f"This is no valid TOML: {quote(str(error))}.", "Mend it, then check again.")
        return ()
