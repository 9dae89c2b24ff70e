"""A PLAN.md of a foreign layout, as teams write them: four tasks over packages/ and apps/, and the summary it wants."""

from __future__ import annotations

__all__ = ["FOREIGN_PLAN", "FOREIGN_PLAN_NAME", "FOREIGN_SUMMARY"]

FOREIGN_PLAN_NAME = "02-01-PLAN.md"
FOREIGN_SUMMARY = ".planning/phases/02-parking/02-01-SUMMARY.md"

FOREIGN_PLAN = """\
---
phase: 02-parking
plan: 01
type: execute
wave: 1
depends_on: []
files_modified:
  - packages/contracts/pyproject.toml
  - packages/contracts/parking_contracts/__init__.py
  - packages/contracts/parking_contracts/spots.py
  - apps/backend/src/__init__.py
  - apps/backend/src/spots.py
  - apps/backend/tests/test_spots.py
  - apps/backend/src/main.py
  - apps/backend/tests/test_main.py
  - apps/backend/deploy/.gitkeep
  - apps/backend/deploy/README.md
autonomous: true
must_haves:
  artifacts:
    - path: apps/backend/src/spots.py
      provides: which spots are free
      exports: [free_spots]
  key_links:
    - from: apps/backend/src/main.py
      to: apps/backend/src/spots.py
      via: the endpoint asks for free spots
      pattern: "from src.spots import"
---

<objective>
Share what a parking spot is between packages/contracts and apps/backend, and list the free ones.

Purpose: one place that says what a spot is.
Output: a package of contracts, and a backend that lists free spots.
</objective>

<context>
@.planning/PROJECT.md

**Contracts**: packages/contracts, Pydantic models only
**Backend**: apps/backend, FastAPI
</context>

<tasks>

<task type="auto">
  <name>Task 1: Contracts of a spot</name>
  <files>
    packages/contracts/pyproject.toml,
    packages/contracts/parking_contracts/__init__.py,
    packages/contracts/parking_contracts/spots.py
  </files>
  <action>
    Make packages/contracts a package that can be installed, with the Pydantic model Spot: number (int), is_free (bool).
    Export Spot from parking_contracts.
  </action>
  <verify>pip install -e packages/contracts succeeds, python -c "from parking_contracts import Spot" works</verify>
  <done>Spot can be imported from parking_contracts</done>
</task>

<task type="auto">
  <name>Task 2: Free spots</name>
  <files>apps/backend/src/__init__.py, apps/backend/src/spots.py, apps/backend/tests/test_spots.py</files>
  <action>
    Write free_spots(spots), which returns the spots that are free, by number. Test it.
  </action>
  <verify>
    <automated>cd apps/backend && pytest tests/test_spots.py -q</automated>
  </verify>
  <done>free_spots leaves out taken spots</done>
</task>

<task type="auto">
  <name>Task 3: The endpoint</name>
  <files>apps/backend/src/main.py, apps/backend/tests/test_main.py</files>
  <action>
    GET /spots/free answers the free spots as JSON. Test it.
  </action>
  <verify>
    <automated>cd apps/backend && python -m pytest tests/test_main.py</automated>
    curl http://localhost:8000/spots/free | sh
  </verify>
  <done>GET /spots/free answers 200</done>
</task>

<task type="auto">
  <name>Task 4: A place for deployments</name>
  <files>apps/backend/deploy/.gitkeep, apps/backend/deploy/README.md</files>
  <action>
    Keep a folder for deployments, with a README that says how the backend is started.
  </action>
  <verify>The README names the command that starts the backend</verify>
  <done>apps/backend/deploy is there</done>
</task>

</tasks>

<verification>
- [ ] `cd apps/backend && pytest` passes
- [ ] `rm -rf build && pip install -e .` works
- [ ] GET http://localhost:8000/spots/free answers the free spots
</verification>

<success_criteria>
- The backend lists free spots
</success_criteria>

<output>
After completion, create `.planning/phases/02-parking/02-01-SUMMARY.md`:

# Phase 2 Plan 1: Parking Contracts Summary

**Made packages/contracts and a backend that lists free spots**

## Accomplishments

- [what was done]

## Next Step

Ready for 02-02-PLAN.md
</output>
"""
