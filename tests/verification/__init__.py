"""Tests of bot.verification, with the real tools."""
