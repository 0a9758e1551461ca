"""Tables that officials send each other: read from workbooks and written to them.

`columns` says what a table consists of, `reading` takes one in, `importing` applies its rows and
reports on each, `writing` makes one that can be read again.
"""
