"""`./govproject bench`: what the suite costs, side by side with the limit and with its peers.

    search ─ archives of all sizes, in this process
    events ─ consume, publish, latency, growth, memory ─▶ stage ─▶ contender (a process each)

A contender only works; what it has done is read from its database. Absolute numbers belong to one
machine and one hour, so everything said in the end is a ratio of runs made one after the other.
"""
