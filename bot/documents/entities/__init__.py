"""entity_specs: entities with fields, relations and declared rules, and enums."""
