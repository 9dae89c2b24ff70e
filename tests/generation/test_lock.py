"""One lock of all features is pruned to what a service needs, and uv finds nothing to change in the result."""

from __future__ import annotations

import itertools
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import uv

from bot.building.tree import service_tree
from bot.generation.blueprint import load_blueprint
from bot.generation.lock import (
    ALWAYS,
    Edge,
    Package,
    packages_of,
    pins_of,
    project_name,
    reach,
    requirement,
    service_lock,
)
from tests.generation.samples import build_inputs, library

BLUEPRINT = load_blueprint()
WITH_PACKAGES = tuple(
    tomllib.loads((BLUEPRINT.folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
)
SETS = [
    (),
    WITH_PACKAGES,
    *((feature,) for feature in WITH_PACKAGES),
    *(tuple(one for one in WITH_PACKAGES if one != left_out) for left_out in WITH_PACKAGES),
]
NAMES = ("aaa", "office-library", "zoo")


def names_in(lock: str) -> list[str]:
    """Return the names of the packages of a lock, in its order."""
    return [package["name"] for package in tomllib.loads(lock)["package"]]


def uv_says(folder: Path, *command: str) -> str:
    """Run uv on a project without a network, and return what it prints."""
    complete = [uv.find_uv_bin(), *command, "--offline", "--no-python-downloads", "--python", sys.executable]
    outcome = subprocess.run(complete, cwd=folder, capture_output=True, text=True, check=False)
    if outcome.returncode != 0 and "cache" in outcome.stderr:
        pytest.skip("uv's own cache doesn't know the packages of the lock yet (run `make setup` once with a network)")
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


@pytest.mark.parametrize(("features", "name"), list(zip(SETS, itertools.cycle(NAMES), strict=False)))
def test_uv_accepts_the_lock_and_exports_the_same_requirements(
    tmp_path: Path, features: tuple[str, ...], name: str
) -> None:
    pins, lock = pins_of(BLUEPRINT, features), service_lock(BLUEPRINT, features)
    project = (
        f'name = "{name}"\nversion = "0.1.0"\nrequires-python = ">=3.12,<4"\ndependencies = {list(pins.dependencies)}'
    )
    groups = f"[dependency-groups]\ndev = {list(pins.development)}\n\n[tool.uv]\npackage = false"
    (tmp_path / "pyproject.toml").write_text(f"[project]\n{project}\n\n{groups}\n")
    (tmp_path / "uv.lock").write_text(lock.named(name))
    uv_says(tmp_path, "lock", "--check")
    exported = uv_says(tmp_path, "export", "--frozen", "--no-hashes", "--no-header", "--no-annotate", "--no-dev")
    assert lock.requirements == exported


def test_a_whole_service_is_a_project_that_uv_accepts(tmp_path: Path) -> None:
    files = service_tree(build_inputs(library(), name="fastapi"))["1.1"]
    for path in ("pyproject.toml", "uv.lock"):
        (tmp_path / path).write_bytes(files[path])
    uv_says(tmp_path, "lock", "--check")
    exported = uv_says(tmp_path, "export", "--frozen", "--no-hashes", "--no-header", "--no-annotate", "--no-dev")
    assert files["requirements.txt"].decode() == exported


def test_the_blueprint_names_the_packages_whose_versions_its_project_pins() -> None:
    for feature in BLUEPRINT.features:
        added = set(pins_of(BLUEPRINT, (feature.name,)).dependencies) - set(pins_of(BLUEPRINT).dependencies)
        assert sorted(pin.partition("==")[0] for pin in added) == sorted(feature.packages), feature.name


def test_every_pin_is_exact_and_the_one_of_the_lock() -> None:
    locked = tomllib.loads(service_lock(BLUEPRINT, WITH_PACKAGES).text)["package"]
    versions = {package["name"]: package["version"] for package in locked}
    pins = pins_of(BLUEPRINT, WITH_PACKAGES)
    for pin in (*pins.dependencies, *pins.development):
        name, version = pin.split("==")
        assert versions[name.partition("[")[0]] == version


def test_packages_of_other_features_are_gone() -> None:
    plain, mail = (set(names_in(service_lock(BLUEPRINT, features).text)) for features in ((), ("mail",)))
    assert "fastapi-mail" in mail
    assert "jinja2" in mail
    assert not {"fastapi-mail", "jinja2", "redis", "taskiq"} & plain
    assert plain < mail


def test_all_features_together_are_the_lock_itself_but_for_the_extras() -> None:
    whole = (BLUEPRINT.folder / "uv.lock").read_text(encoding="utf-8")
    assert names_in(service_lock(BLUEPRINT, WITH_PACKAGES).text) == names_in(whole)


def test_the_lock_takes_the_name_in_the_order_of_names() -> None:
    lock = service_lock(BLUEPRINT, ())
    for name in NAMES:
        assert names_in(lock.named(name)) == sorted(names_in(lock.named(name)))
        assert name in names_in(lock.named(name))
    assert lock.named("placeholder-service") == lock.text


def test_a_service_never_has_the_name_of_a_package_that_any_feature_needs() -> None:
    assert project_name("fastapi", BLUEPRINT) == "fastapi-service"
    assert project_name("redis", BLUEPRINT) == "redis-service"
    assert project_name("library", BLUEPRINT) == "library"


def test_markers_join_along_a_way_and_the_shorter_way_wins() -> None:
    def package(name: str, **edges: tuple[Edge, ...]) -> Package:
        return Package(name=name, version="1", text="", edges={"": (), **edges})

    packages = {
        "root": Package("root", "1", "", {"": (Edge("a", marker="os_name == 'nt'"), Edge("b"))}),
        "a": Package("a", "1", "", {"": (Edge("c", ("fast",), "x == '1' or x == '2'"),)}),
        "b": Package("b", "1", "", {"": (Edge("d", marker="y == '1'"),)}),
        "c": package("c", fast=(Edge("d", marker="y == '1'"), Edge("e"))),
        "d": package("d"),
        "e": package("e"),
    }
    reached = reach(Edge("root"), packages)
    assert reached["b", ""] == ALWAYS
    lines = {name: requirement(packages[name], reached[name, ""]) for name in "abcde"}
    assert lines == {
        "a": "a==1 ; os_name == 'nt'\n",
        "b": "b==1\n",
        "c": "c==1 ; (x == '1' or x == '2') and os_name == 'nt'\n",
        "d": "d==1 ; y == '1'\n",
        "e": "e==1 ; (x == '1' or x == '2') and os_name == 'nt'\n",
    }


def test_two_versions_of_a_package_are_refused_rather_than_mixed_up() -> None:
    block = '[[package]]\nname = "numbers"\nversion = "{}"\n'
    with pytest.raises(ValueError, match="numbers twice"):
        packages_of(block.format(1) + "\n" + block.format(2))
