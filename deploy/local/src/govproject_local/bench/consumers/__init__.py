"""Contenders that read the queue. Each says what it is configured to do.

All but the limit do the same work: validate the event, write one row, acknowledge after the commit.
"""
