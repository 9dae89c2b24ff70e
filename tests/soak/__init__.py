"""Weeks in which many people plan and build at once, while everything outside of the bot fails now and then."""
