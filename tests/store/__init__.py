"""Tests of bot.store, on a real SQLite file."""
