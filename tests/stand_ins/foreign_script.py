"""What a model answers for the tasks of `tests.stand_ins.foreign_plan`, once wrong and once beside the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stand_ins.model import Step

__all__ = ["BEFORE_HINT", "FOREIGN_SCRIPT", "answer"]

CONTRACTS = {
    "packages/contracts/pyproject.toml": '[project]\nname = "parking-contracts"\nversion = "0.1.0"\n'
    'dependencies = ["pydantic>=2"]\n',
    "packages/contracts/parking_contracts/__init__.py": (
        'from parking_contracts.spots import Spot\n\n__all__ = ["Spot"]\n'
    ),
    "packages/contracts/parking_contracts/spots.py": (
        "from pydantic import BaseModel\n\n\nclass Spot(BaseModel):\n    number: int\n    is_free: bool\n"
    ),
}
SPOTS = (
    "from parking_contracts import Spot\n\n\ndef free_spots(spots: list[Spot]) -> list[Spot]:\n"
    "    return sorted((spot for spot in spots if {condition}), key=lambda spot: spot.number)\n"
)
TEST_SPOTS = (
    "from parking_contracts import Spot\n\nfrom src.spots import free_spots\n\n\n"
    "def test_taken_spots_are_left_out() -> None:\n"
    "    spots = [Spot(number=2, is_free=True), Spot(number=1, is_free=False)]\n"
    "    assert [spot.number for spot in free_spots(spots)] == [2]\n"
)
MAIN = (
    "from fastapi import FastAPI\nfrom parking_contracts import Spot\n\nfrom src.spots import free_spots\n\n"
    "app = FastAPI()\nSPOTS = [Spot(number=1, is_free=True), Spot(number=2, is_free=False)]\n\n\n"
    '@app.get("/spots/free")\nasync def free() -> list[Spot]:\n    return free_spots(SPOTS)\n'
)
TEST_MAIN = (
    "from httpx import ASGITransport, AsyncClient\nimport asyncio\n\nfrom src.main import app\n\n\n"
    "def test_free_spots_are_answered() -> None:\n    async def ask() -> list[dict[str, object]]:\n"
    '        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:\n'
    '            return (await client.get("/spots/free")).json()\n\n'
    '    assert asyncio.run(ask()) == [{"number": 1, "is_free": True}]\n'
)
BACKEND_PROJECT = '[project]\nname = "parking-backend"\nversion = "0.1.0"\n'
BEFORE_HINT = "Start it with a server.\n"
README = "Start it with `uvicorn src.main:app`.\n"
DEPLOY = "apps/backend/deploy"


def answer(files: Mapping[str, str], **deviations: str) -> Step:
    """Return the answer that writes these files; each deviation is a reason by its path."""
    return Step(
        content={
            "files": [{"path": path, "text": text} for path, text in files.items()],
            "deviations": [{"path": path, "reason": reason} for path, reason in deviations.items()],
        }
    )


def spots(condition: str) -> dict[str, str]:
    """Return the files of the second task."""
    return {
        "apps/backend/src/__init__.py": "",
        "apps/backend/src/spots.py": SPOTS.format(condition=condition),
        "apps/backend/tests/test_spots.py": TEST_SPOTS,
    }


FOREIGN_SCRIPT: dict[str, list[Any]] = {
    "imported_task": [
        answer(CONTRACTS),
        answer(spots("not spot.is_free")),
        answer(spots("spot.is_free")),
        answer(
            {
                "apps/backend/src/main.py": MAIN,
                "apps/backend/tests/test_main.py": TEST_MAIN,
                "apps/backend/pyproject.toml": BACKEND_PROJECT,
            },
            **{"apps/backend/pyproject.toml": "The backend is a project of its own, so it needs this file."},
        ),
        answer({f"{DEPLOY}/.gitkeep": "", f"{DEPLOY}/README.md": BEFORE_HINT}),
        answer({f"{DEPLOY}/README.md": README}),
    ]
}
"""The second task is wrong at first; the third writes a file beside the plan; the fourth is done again after a hint."""
