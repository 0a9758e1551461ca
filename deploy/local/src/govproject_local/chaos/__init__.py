"""Proof by force: programs are killed, paused and cut off, and what took effect is counted."""
