"""The interview, the built-in planner and the model planner."""
