"""The canonical tables, the facts derived from them, and the database they live in."""
