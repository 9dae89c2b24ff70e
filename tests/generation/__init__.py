"""Tests of derivation and rendering."""
