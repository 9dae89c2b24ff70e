"""What is known about packages: names that mislead, packages that died, and what to write instead.

Names are normalised as PEP 503 says (lower case, one hyphen for each run of ``-``, ``_`` and ``.``). The tables are
data, so that the documentation prints the same reasons that a finding gives.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from bot.documents.findings import Severity
from bot.patterns import regex

__all__ = [
    "ALLOWED_PYTHON_PREFIX",
    "DEAD_PACKAGES",
    "IMPORTED_AS",
    "SAME_MODULE",
    "STANDARD_LIBRARY",
    "WELL_KNOWN",
    "WITHOUT_PYTHON_PREFIX",
    "DeadPackage",
    "normal_name",
]

SEPARATORS = regex(r"[-_.]+")


def normal_name(name: str) -> str:
    """Return the one spelling of a package's name (PEP 503): ``Flask_SQLAlchemy`` → ``flask-sqlalchemy``."""
    return SEPARATORS.sub("-", name).lower()


@dataclass(frozen=True)
class DeadPackage:
    """A package that nobody should begin with: what to use instead, and why. An error breaks, a warning works yet."""

    name: str
    replacement: str
    reason: str
    severity: Severity = Severity.ERROR


DEAD_PACKAGES: tuple[DeadPackage, ...] = (
    DeadPackage(
        "fastapi-jwt-auth",
        "the JWTStrategy of fastapi-users, with pyjwt",
        "its last release is of 2020, it needs pyjwt below 2 and breaks on import with Pydantic 2",
    ),
    DeadPackage(
        "fastapi-limiter",
        "fastapi-redis-sdk (rate_limit), or limits as a dependency",
        "every route behind include_router answers 500 with FastAPI 0.137 and later",
    ),
    DeadPackage(
        "fastapi-cache", "fastapi-redis-sdk", "its last release is 0.1.0 of 2021, made for Redis clients of then"
    ),
    DeadPackage("fastapi-sqlalchemy", "sqlalchemy[asyncio]", "its last release is of 2020 and knows no async session"),
    DeadPackage("aioredis", "redis (redis.asyncio)", "it was merged into redis 4.2 and doesn't import on Python 3.11"),
    DeadPackage("pycrypto", "cryptography, or pycryptodome", "unmaintained since 2014 with open security holes"),
    DeadPackage("nose", "pytest", "its last release is of 2015 and doesn't run on Python 3.10 and later"),
    DeadPackage("orm", "sqlalchemy", "its last release is of 2021, and its repository is archived"),
    DeadPackage("enum34", "the enum module of Python", "the backport hides Python's own module and breaks re"),
    DeadPackage("futures", "concurrent.futures of Python", "a backport for Python 2"),
    DeadPackage("sklearn", "scikit-learn", "a placeholder whose installation fails on purpose"),
    DeadPackage(
        "fastapi-cache2",
        "fastapi-redis-sdk",
        "its last release is of July 2024",
        Severity.WARNING,
    ),
    DeadPackage(
        "databases",
        "sqlalchemy[asyncio]",
        "its last release is of March 2024; SQLAlchemy does the same itself",
        Severity.WARNING,
    ),
    DeadPackage(
        "passlib",
        "pwdlib[argon2]",
        "its last release is of 2020 and doesn't work with bcrypt 5",
        Severity.WARNING,
    ),
)
"""Packages that died, for a FastAPI service; looked up in November 2026."""

ALLOWED_PYTHON_PREFIX = frozenset({"python-dotenv", "python-dateutil", "python-multipart", "python-jose"})
"""The four packages that are really called python-…, by the planner's rules."""

WITHOUT_PYTHON_PREFIX = {
    "python-decouple": "pydantic-settings",
    "python-json-logger": "structlog",
    "python-jwt": "pyjwt",
    "python-magic": "filetype",
    "python-memcached": "pymemcache",
    "python-postgres": "asyncpg",
    "python-socketio": "websockets",
    "python-yaml": "pyyaml",
}
"""What to take for a python-… package whose name without the prefix is another package, or none."""

IMPORTED_AS = {
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "crypto": "pycryptodome",
    "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "jose": "python-jose",
    "jwt": "pyjwt",
    "mysqldb": "mysqlclient",
    "pil": "pillow",
    "redis-py": "redis",
    "slack-bolt-python": "slack-bolt",
    "yaml": "pyyaml",
}
"""What a package is imported or talked about as → what it is installed as."""

SAME_MODULE = (
    frozenset({"fastapi-cache", "fastapi-cache2"}),
    frozenset({"multipart", "python-multipart"}),
    frozenset({"opencv-python", "opencv-python-headless", "opencv-contrib-python"}),
    frozenset({"psycopg2", "psycopg2-binary"}),
    frozenset({"pycrypto", "pycryptodome"}),
    frozenset({"python-jose", "jose"}),
    frozenset({"pyjwt", "jwt", "python-jwt"}),
)
"""Packages that write the same module, so that one overwrites the other."""

STANDARD_LIBRARY = frozenset(name.lower() for name in sys.stdlib_module_names if not name.startswith("_"))
"""Modules that come with Python; packages of these names are old backports or strangers."""

WELL_KNOWN = frozenset({
    "aiofile", "aiofiles", "aiohttp", "aiosqlite", "alembic", "asyncpg", "authlib", "bcrypt", "boto3", "celery",
    "cryptography", "email-validator", "fastapi", "fastapi-mail", "fastapi-pagination", "fastapi-users",
    "gunicorn", "httptools", "hypothesis", "jinja2", "jsonschema", "markdown", "markdown2", "orjson", "pillow",
    "psycopg", "psycopg2", "psycopg2-binary", "pwdlib", "pydantic", "pydantic-settings", "pyjwt", "pytest",
    "pytest-asyncio", "pytest-cov", "python-dateutil", "python-dotenv", "python-jose", "python-multipart",
    "pyyaml", "requests", "schemathesis", "scrypt", "sentry-sdk", "slowapi", "sqlalchemy", "sqlmodel",
    "starlette", "structlog", "tenacity", "uvicorn", "uvloop", "watchfiles", "websockets",
})  # fmt: skip
"""Packages that FastAPI services use; a name one letter away from one of them is likely a slip, or a trap."""
