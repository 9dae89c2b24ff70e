"""From a conversation to decisions: the interview, the built-in planner and the model planner."""
