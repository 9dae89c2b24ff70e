"""The tests mirror `bot/`, plus `end_to_end/` for the whole story and `house/` for what holds the house together."""
