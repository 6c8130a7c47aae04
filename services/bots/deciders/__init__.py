"""A bot (its published versions) and a session (where one visitor stands)."""
