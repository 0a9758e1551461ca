"""Files that people hand in: checked before anything is kept, stored by what they contain.

kinds     what may be handed in, and how it is told from what only calls itself so
parts     whether two office documents are one, packed or saved anew
folder    the embedded store, a folder on this machine
opening   reading from the store, which may fail
records   who handed what in; commands refer to a file by its record's id
"""
