"""requirements.md: requirements with user stories and acceptance criteria in EARS form."""
