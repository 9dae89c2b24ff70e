"""What every reader starts from: words, sentences and clauses, spellings, what a name says about its field."""
