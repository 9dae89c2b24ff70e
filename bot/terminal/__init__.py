"""The conversation in a terminal: the same workflow as in a thread, read from lines and written as text."""
