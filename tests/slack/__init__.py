"""Tests of bot.slack: what people see, and the real Bolt app against the local workspace over a real socket."""
