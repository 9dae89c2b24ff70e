"""Readers that put what a sentence, a list or a pasted document says into a draft."""
