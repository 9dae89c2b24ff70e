"""PLAN.md: one plan of a phase, its tasks and checkpoints, and how it is verified."""
