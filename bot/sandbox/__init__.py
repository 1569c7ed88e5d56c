"""A rehearsal stage: a strict Bot API on loopback, its people and chat page, a sample newsroom. Never imports digests."""
