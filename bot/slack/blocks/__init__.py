"""The messages as blocks: pure functions from what the store holds to what Slack takes."""
