"""Tests of PLAN.md."""
