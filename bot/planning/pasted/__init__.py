"""Models that people paste into a conversation: SQL's CREATE TABLE and JHipster's JDL, read as entities."""
