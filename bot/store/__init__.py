"""The truth about every plan: SQLModel tables, the database, its migrations, and the unit of work."""
