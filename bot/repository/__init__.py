"""Git repositories: deterministic commits, reading, and pushing. Knows no plan."""
