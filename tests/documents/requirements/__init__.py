"""Tests of requirements.md."""
