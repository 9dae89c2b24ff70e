"""Tests of bot.repository, with the real git."""
