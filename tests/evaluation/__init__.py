"""Tests of the evaluation: briefs, the simulated person, matching, scores and their record."""
