"""The life of a plan: stages, conversation, approvals, changes. The only place that changes a plan's state."""
