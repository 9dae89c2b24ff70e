"""Declares the rules that people say: who may do what, periods, spans of time, steps of a status."""
