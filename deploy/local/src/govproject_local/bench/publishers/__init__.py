"""Contenders that write to the queue. Each message is confirmed by the broker."""
