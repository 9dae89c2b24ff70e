"""Planning files in other forms: which pairs make sense, what each way keeps, and every loss said with its line."""
