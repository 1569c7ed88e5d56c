"""Pages and texts of strangers -> clean articles. Pure; for workers: its parsers are heavy and can be kept busy."""
