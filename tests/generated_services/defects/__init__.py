"""Defects put into generated services one at a time, to see whether their own tests notice (`make seeded-defects`)."""
