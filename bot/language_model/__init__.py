"""Language models: a port, the adapter for servers that speak OpenAI's protocol, prompts, and usage by callback."""
