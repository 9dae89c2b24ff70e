"""PROJECT, ROADMAP, STATE, SUMMARY and REQUIREMENTS: how far a project is."""
