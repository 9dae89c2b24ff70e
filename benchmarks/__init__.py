"""Benchmarks: what a person waits for, measured on this machine. `make bench` runs them all."""
