"""The folder that a judged pytest may import from: one plugin."""
