"""A stand-in for Slack that speaks its protocol, and a page to use it from. A program of its own.

It imports nothing else of Planthread, and nothing imports it: the bot meets it only over a socket, exactly as it meets
Slack. Start it with ``python -m bot.local_workspace --port 3000 --data DIR``.
"""
