"""Duties with deadlines, the same in every service that opens any.

events        what is published of them
keeping       opening a duty, and closing it with proof
repository    finding them
views         what the routes take and answer
routes        the routes
rescheduling  provisional days, computed again
reminding     the worker that says what is due soon and what is overdue
"""
