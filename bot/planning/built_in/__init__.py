"""The built-in planner: plain code that reads simple English, asks what is unclear, and never guesses silently."""
