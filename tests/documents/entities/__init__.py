"""Tests of entity_specs."""
