"""Readers of one phrase each: a field, a link, a list of values, steps of a status, a rule, a wish to change."""
