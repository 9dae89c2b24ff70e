"""From specs to a service: blueprints, derivation of requirements and task plans, rendering. No I/O but templates."""
