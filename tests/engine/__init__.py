"""Tests of bot.engine, on real DBOS files, in processes that can be killed."""
