"""Tests of tasks.md."""
