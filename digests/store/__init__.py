"""The database: SQL lives here and nowhere else. Model values go in and out, never rows."""
