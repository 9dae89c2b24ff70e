"""Every rule over package names, with names that break it and ones that don't, and where names are found."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.checks import all_rules
from bot.checks.package_lists import mentions_of, packages_in, packages_mentioned
from bot.checks.package_names import (
    ALLOWED_PYTHON_PREFIX,
    DEAD_PACKAGES,
    IMPORTED_AS,
    SAME_MODULE,
    WELL_KNOWN,
    WITHOUT_PYTHON_PREFIX,
    DeadPackage,
    normal_name,
)
from bot.checks.packages import check_package_file, check_packages
from bot.checks.spelling import is_one_slip
from bot.documents.findings import Severity, has_errors

OUR_OWN = Path(__file__).parent.parent.parent / "pyproject.toml"

WRITES = "“python-multipart” writes the same module as “multipart”."

CASES: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "PT601": [
        (("python-redis==5.0",), ("redis==5.0",)),
        (("Python_Celery",), ("celery",)),
        (("python-slugify",), ("python-dotenv", "python_dateutil", "python.multipart>=1", "Python-JOSE[cryptography]")),
        (("poetry add python-yaml",), ("python",)),
    ],
    "PT602": [
        (("fastapi-jwt-auth",), ("fastapi-users",)),
        (("fastapi_limiter>=0.1",), ("limits",)),
        (("aioredis",), ("redis",)),
    ],
    "PT603": [(("passlib[bcrypt]",), ("pwdlib[argon2]",)), (("fastapi-cache2",), ("fastapi-redis-sdk",))],
    "PT604": [
        (("python redis",), ("redis ~= 5.0",)),
        (("fast api!",), ("fastapi [all] >=0.1",)),
        (("-", "_fastapi"), ("fastapi", "a")),
        (("fastapi-",), ("zope.interface",)),
        (("x" * 201,), ("x" * 200,)),
        (("name)",), ("name==1", "name (>=1)", "name^1", "name~=1", "name<2", "name!=1,>0", "n @ https://x.y/z.whl")),
    ],
    "PT605": [(("asyncio",), ("aiohttp",)), (("UUID==1.30",), ("uuid6",)), (("py-compile",), ("compile",))],
    "PT606": [(("yaml",), ("pyyaml",)), (("PIL",), ("pillow",)), (("jwt",), ("pyjwt",))],
    "PT607": [
        (("fastpai",), ("fastapi",)),
        (("sqlalchem",), ("sqlalchemy",)),
        (("pydanticc",), ("pydantic",)),
        (("uvicprn",), ("uvicorn",)),
        (("selery",), ("celer",)),
    ],
    "PT608": [
        (("SQLAlchemy", "sqlalchemy>=2"), ("sqlalchemy", "sqlmodel")),
        (("psycopg2", "psycopg2-binary"), ("psycopg2", "psycopg")),
        (("tzdata", "tzdata"), ("tzdata; sys_platform == 'win32'", "tzdata; sys_platform == 'darwin'")),
        (("??", "redis", "redis"), ("??", "??")),
    ],
}  # fmt: skip


def rules_broken(names: tuple[str, ...]) -> set[str]:
    """Return the ids of the rules that names break."""
    return {finding.rule for finding in check_packages(names)}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.id for rule in all_rules() if rule.id.startswith("PT6")}


@pytest.mark.parametrize(("rule", "broken", "sound"), [(rule, *pair) for rule in CASES for pair in CASES[rule]])
def test_a_rule_finds_what_breaks_it_and_only_that(rule: str, broken: tuple[str, ...], sound: tuple[str, ...]) -> None:
    assert rule in rules_broken(broken)
    assert rule not in rules_broken(sound)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("python-celery", "Write celery."),
        ("python-pillow", "Write pillow."),
        ("python-jwt", "Write pyjwt."),
        ("python-yaml", "Write pyyaml."),
        ("python-attr", "Write attrs, if that is the package you mean."),
        ("python-frobnicate", "Write frobnicate, if that is the package you mean."),
        ("python-decouple", "Write pydantic-settings."),
        ("PIL", "Write pillow."),
        ("asyncio", "Take it out of the list."),
        ("pytset", "Write pytest, if you mean that."),
        ("nose", "Use pytest instead."),
        ("my api", "Write one name such as fastapi, with its version behind it."),
    ],
)
def test_a_finding_says_what_to_write_instead(name: str, step: str) -> None:
    (finding,) = check_packages([name])
    assert finding.next_step == step
    assert finding.place.file == "requirements.txt"


@pytest.mark.parametrize("dead", DEAD_PACKAGES, ids=lambda dead: dead.name)
def test_every_dead_package_is_found_with_its_reason_and_replacement(dead: DeadPackage) -> None:
    (finding,) = [each for each in check_packages([dead.name]) if each.rule in {"PT602", "PT603"}]
    assert finding.severity is dead.severity
    assert finding.message == f"{dead.name} is dead: {dead.reason}."
    assert finding.next_step == f"Use {dead.replacement} instead."


def test_the_tables_are_in_normal_form_and_advise_nothing_that_they_warn_of() -> None:
    names = [package.name for package in DEAD_PACKAGES]
    assert len(set(names)) == len(names)
    known = {*names, *WELL_KNOWN, *IMPORTED_AS, *IMPORTED_AS.values(), *WITHOUT_PYTHON_PREFIX, *ALLOWED_PYTHON_PREFIX}
    assert known == {normal_name(name) for name in known}
    for meant in (*IMPORTED_AS.values(), *WITHOUT_PYTHON_PREFIX.values(), *WELL_KNOWN):
        assert check_packages([meant]) == (), meant
    assert all(len(module) > 1 for module in SAME_MODULE)


@pytest.mark.parametrize(
    ("names", "message", "step"),
    [
        (["python-celery"], "“python-celery” has the prefix python-.", "Write celery."),
        (
            ["my api"],
            "“my api” can't be a package's name.",
            "Write one name such as fastapi, with its version behind it.",
        ),
        (["asyncio>=3"], "“asyncio” comes with Python.", "Take it out of the list."),
        (["PIL"], "“PIL” is not what gets installed.", "Write pillow."),
        (["pytset"], "“pytset” looks like pytest.", "Write pytest, if you mean that."),
        (
            ["redis", "redis>5"],
            "“redis” is listed a second time, after “redis”.",
            "Keep one entry, with the version that holds.",
        ),
        (["jwt-x", "pycrypto-x", "multipart", "python-multipart"], WRITES, "Keep one of them."),
    ],
)
def test_a_finding_is_a_whole_sentence(names: list[str], message: str, step: str) -> None:
    assert [(finding.message, finding.next_step) for finding in check_packages(names)] == [(message, step)]


def test_every_name_is_judged_also_behind_one_that_is_well_known() -> None:
    names = ["fastapi", "uvicorn", "uvicron", "go", "fastpai", "tzdata; x", "redis", "redis", "??", "httpx", "httpx"]
    found = [(finding.rule, finding.message) for finding in check_packages(names)]
    assert found == [
        ("PT604", "“??” can't be a package's name."),
        ("PT607", "“uvicron” looks like uvicorn."),
        ("PT607", "“fastpai” looks like fastapi."),
        ("PT608", "“redis” is listed a second time, after “redis”."),
        ("PT608", "“httpx” is listed a second time, after “httpx”."),
    ]


def test_a_second_entry_names_the_first() -> None:
    (finding,) = check_packages(["redis>=4", "Redis"])
    assert finding.message == "“Redis” is listed a second time, after “redis>=4”."
    (finding,) = check_packages(["psycopg2==2.9", "psycopg2_binary"])
    assert finding.message == "“psycopg2_binary” writes the same module as “psycopg2==2.9”."
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("fastapi", ["fastapi"]),
        ("  fastapi[all] >=0.110,<1  # web", ["fastapi"]),
        ("SQLAlchemy[asyncio]~=2.0", ["SQLAlchemy"]),
        ("redis (>=5)", ["redis"]),
        ("ours @ git+https://example.com/ours.git", ["ours"]),
        ("tzdata; sys_platform == 'win32'", ["tzdata"]),
        ("`httpx`", ["httpx"]),
        ("poetry add fastapi[all]@^0.110 'sqlalchemy>=2' redis", ["fastapi", "sqlalchemy", "redis"]),
        ("$ poetry add --group dev pytest -G test ruff", ["pytest", "ruff"]),
        ("uv add --dev pytest", ["pytest"]),
        ("pip install --index-url=https://x.y -r more.txt httpx", ["httpx"]),
        ("pip install -e . httpx", ["httpx"]),
        ('uv add --extra mail "httpx>=1" -p 3.13 redis', ["httpx", "redis"]),
        ("-r base.txt", []),
        ("-e .", []),
        ("./local", []),
        ("/srv/local", []),
        ("git+https://example.com/ours.git", []),
        ("https://example.com/ours.whl", []),
        ("# a comment", []),
        ("", []),
        (";", [";"]),
    ],
)
def test_names_are_cut_from_entries(entry: str, names: list[str]) -> None:
    assert [mention.name for mention in mentions_of(entry)] == names


def test_a_condition_is_kept_apart() -> None:
    (mention,) = mentions_of("tzdata; sys_platform == 'win32'")
    assert mention.condition == "sys_platform == 'win32'"


def test_packages_of_requirements_have_their_lines() -> None:
    text = "# web\nfastapi==0.110 \\\n    --hash=sha256:abc\n\nredis>=5 --hash=sha256:def\n-r more.txt\nfast api\n"
    found = [(mention.name, mention.line) for mention in packages_in(text)]
    assert found == [("fastapi", 2), ("redis", 5), ("fast api", 7)]


PYPROJECT = """
[project]
name = "shop"
dependencies = [
  "fastapi>=0.110",
  'python-redis',
]

[project.optional-dependencies]
mail = ["fastapi-mail"]

[build-system]
requires = ["hatchling"]

[dependency-groups]
dev = ["pytest", {include-group = "lint"}]
lint = ["ruff"]

[tool.poetry.dependencies]
python = "^3.12"
aioredis = {version = "^2", extras = ["hiredis"]}

[tool.poetry.dev-dependencies]
mypy = "*"

[tool.poetry.group.docs.dependencies]
mkdocs = "*"
"""


def test_packages_of_a_pyproject_are_found_in_every_table() -> None:
    found = [(mention.name, mention.group, mention.line) for mention in packages_in(PYPROJECT)]
    assert found == [
        ("fastapi", "", 5),
        ("python-redis", "", 6),
        ("hatchling", "build-system", 13),
        ("fastapi-mail", "mail", 10),
        ("pytest", "dev", 16),
        ("ruff", "lint", 17),
        ("aioredis", "", 21),
        ("mypy", "dev", 24),
        ("mkdocs", "docs", 27),
    ]


def test_findings_stand_at_the_lines_of_a_file() -> None:
    found = [(finding.rule, str(finding.place)) for finding in check_package_file(PYPROJECT, "shop/pyproject.toml")]
    assert found == [("PT601", "shop/pyproject.toml:6:1"), ("PT602", "shop/pyproject.toml:21:1")]


def test_the_same_package_in_two_groups_is_fine() -> None:
    text = '[dependency-groups]\ndev = ["pytest"]\ntest = ["pytest"]\n'
    assert check_package_file(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "[project]\ndependencies = 'fastapi'\n",
        "[project]\ndependencies = [1, {}]\n",
        "[tool]\npoetry = 3\n[project]\nname = 'x'\n",
        "[dependency-groups]\ndev = 4\n",
        "",
    ],
)
def test_tables_of_another_shape_hold_no_packages(text: str) -> None:
    assert packages_in(text) == ()
    assert check_package_file(text) == ()


@pytest.mark.parametrize("text", ["[project\nname = 1", "[project]\na = " + "[" * 5_000, "[project]\na = 1\na = 2"])
def test_a_broken_pyproject_is_a_finding(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        packages_in(text)
    (finding,) = check_package_file(text, "pyproject.toml")
    assert finding.rule == "PT005"
    assert finding.place.file == "pyproject.toml"
    assert finding.message.startswith("This is no valid TOML: “")
    assert "None" not in finding.message
    assert finding.next_step == "Mend it, then check again."


def test_a_file_that_is_too_large_is_refused() -> None:
    (finding,) = check_package_file("fastapi\n" * 700_000)
    assert finding.rule == "PT009"
    assert finding.place.file == "requirements.txt"
    assert (finding.message, finding.next_step) == (
        "This document is larger than 5 MB, so it was not read.",
        "Split it.",
    )


def test_a_byte_order_mark_is_no_part_of_a_name() -> None:
    assert [mention.name for mention in packages_in("\ufefffastapi\n")] == ["fastapi"]
    assert [mention.name for mention in packages_in('\ufeff[project]\ndependencies = ["redis"]\n')] == ["redis"]


def test_our_own_packages_are_sound() -> None:
    text = OUR_OWN.read_text(encoding="utf-8")
    assert len(packages_in(text)) > 20
    assert not has_errors(check_package_file(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Packages: fastapi, sqlalchemy[asyncio,aiosqlite]>=2,<3, redis.", ["fastapi", "sqlalchemy", "redis"]),
        ("- **Dependencies:** python-jose[cryptography], passlib", ["python-jose", "passlib"]),
        ("Then run `poetry add python-redis` and `pip install httpx`.", ["python-redis", "httpx"]),
        ("poetry add redis", ["redis"]),
        ("Packages: a few nice ones, fastapi", ["fastapi"]),
        ("Use redis and python-celery.", []),
        ("The packages: fastapi", []),
        ("Packages:", []),
        ("Packages: fastapi[all,extra,more], redis[hiredis]!=4,~=5,==5.1", ["fastapi", "redis"]),
        ("Packages: fastapi[all, redis", ["fastapi"]),
        ("• Packages: fastapi", ["fastapi"]),
        ("x\n\nPackages: redis (>=4,<5), httpx", ["redis", "httpx"]),
    ],
)
def test_packages_are_found_in_prose(text: str, names: list[str]) -> None:
    assert [mention.name for mention in packages_mentioned(text)] == names


def test_packages_in_prose_have_their_lines() -> None:
    (mention,) = packages_mentioned("Set up.\n\nPackages: redis\n")
    assert (mention.name, mention.line) == ("redis", 3)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("redis", "redis", False),
        ("redis", "reds", True),
        ("redis", "redsi", True),
        ("redis", "rediss", True),
        ("redis", "xredis", True),
        ("redis", "rexis", True),
        ("redis", "redix", True),
        ("redis", "xedis", True),
        ("redis", "erdis", True),
        ("redis", "rdeis", True),
        ("redis", "rxxis", False),
        ("redis", "sider", False),
        ("redis", "red", False),
        ("redis", "redisxy", False),
        ("redis", "xxredis", False),
        ("redis", "redisss", False),
        ("redis", "xediy", False),
        ("redis", "rxdi", False),
        ("redis", "erdix", False),
        ("ab", "ba", True),
        ("", "a", True),
        ("", "", False),
    ],
)
def test_slips_are_one_letter_too_many_too_few_another_or_two_swapped(one: str, other: str, slip: bool) -> None:
    assert is_one_slip(one, other) is slip
    assert is_one_slip(other, one) is slip
