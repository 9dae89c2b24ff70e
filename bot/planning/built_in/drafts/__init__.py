"""What is known so far, and how it becomes entity_specs: names are resolved, links made concrete, keys added."""
