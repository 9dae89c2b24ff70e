"""Slack: what arrives is kept before it is acknowledged; what people see is rendered when it is sent."""
