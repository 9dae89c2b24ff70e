"""Building: from approved documents to commits, task by task, each with its evidence, up to a delivered repository."""
