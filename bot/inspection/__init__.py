"""Existing repositories: what a plan for one must respect, read as text and never run. Knows no plan."""
