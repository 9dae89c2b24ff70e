"""Scores a planner: briefs, a simulated person who answers its questions, and what of a good plan was found."""
