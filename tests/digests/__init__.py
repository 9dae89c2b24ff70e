"""Digests: schedules, claims, composition, and the clock."""
