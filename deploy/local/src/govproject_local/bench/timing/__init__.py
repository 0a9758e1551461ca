"""Contenders of the latency part: a producer and a consumer, each in a process of its own.

Both tell when each event left or arrived, by the host's monotonic clock, which they share.
"""
