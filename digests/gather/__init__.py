"""From addresses to entries: fetching, and reading feeds."""
