"""What the service does: load, decide, save, append to the outbox — one transaction each."""
