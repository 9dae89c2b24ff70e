"""Checks: each rule with a document that breaks it and one that does not."""
