"""Texts as vectors, near each other where they mean the same. Heavy: for workers, not for the process of the bot."""
