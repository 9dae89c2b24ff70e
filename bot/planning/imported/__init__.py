"""Imported plans: what a PLAN.md or tasks.md of anybody's asks for, and which of its verifications may run here."""
