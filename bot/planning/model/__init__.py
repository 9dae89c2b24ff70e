"""The model planner: one prompt a decision; answers have schemas and rules, and are judged before they count."""
