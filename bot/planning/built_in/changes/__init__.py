"""Reads what people ask to be otherwise, before a review and after it, and changes a draft."""
