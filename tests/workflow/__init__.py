"""Tests of bot.workflow, over a real store."""
