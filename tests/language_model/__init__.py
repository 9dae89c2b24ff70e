"""The port to language models, its adapter, and the prompts."""
