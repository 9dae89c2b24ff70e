"""Tests of bot.web, over a real socket."""
