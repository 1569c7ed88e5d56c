"""What a language model is asked, and what of its answers may be told: opt-in, and never trusted."""
