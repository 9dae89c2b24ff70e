"""tasks.md: any checklist as it stands, and our own task plan with all that derivation gave it."""
