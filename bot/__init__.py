"""Planthread: a Slack bot that turns a conversation into a working FastAPI backend."""

__version__ = "0.1.0"
