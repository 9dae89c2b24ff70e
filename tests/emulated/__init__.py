"""Conversations with servers that nobody here wrote: npm's `emulate`, fetched once. `make emulated` runs them."""
