"""What a draft still lacks, as questions, and what people mean by their answers."""
