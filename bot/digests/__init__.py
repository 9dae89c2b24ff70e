"""Digests: when a channel wants one, which slot is due, and what there is to say. The chat floor renders and sends."""
