"""Servers that stand in for what can't be had offline; each speaks the true protocol over a real socket."""
