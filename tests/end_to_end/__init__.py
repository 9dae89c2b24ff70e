"""Whole stories: the real bot over a real socket, real SQLite files, real git over HTTP."""
