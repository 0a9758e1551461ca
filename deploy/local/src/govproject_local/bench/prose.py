"""What docs/performance.md says whatever the numbers are."""

# What each contender is; how it is configured is in its module, and in short here.
CONSUMERS = {
    "limit": "aio-pika; does nothing; acknowledges 500 messages at a time, prefetch 1000, as ours",
    "ours": "`Messaging` as a service runs it, but without log lines; the handler inserts a row;"
    " the inbox marks, the cursors and the rows of a batch commit together, then one"
    " acknowledgement",
    "plain": "aio-pika; one `INSERT … ON CONFLICT DO NOTHING` a message, committed, then"
    " acknowledged; prefetch 100",
    "faststream": "FastStream; a typed coroutine that does what plain does; given back on failure;"
    " prefetch 100",
    "celery": "Celery; late acknowledgement, rejected when a worker is lost, no results, quorum"
    " queue, `solo` pool, prefetch 100",
    "dramatiq": "Dramatiq; its default middleware, one worker thread, prefetch 100, classic durable"
    " queue (it has no setting for quorum queues)",
}
PUBLISHERS = {
    "raw": "aio-pika; messages built beforehand; 500 confirmations awaited together",
    "ours": "the relay: reads the outbox, publishes in waves that keep each stream's order, marks"
    " what is confirmed",
    "one_by_one": "aio-pika; each confirmation awaited before the next message",
    "faststream": "FastStream's `publish`, awaited each time",
}
MEANINGS = {
    "consume_vs_limit": "our consumer's rate / the limit's",
    "consume_vs_faststream": "our consumer's rate / FastStream's",
    "consume_vs_plain": "our consumer's rate / plain aio-pika's",
    "consume_vs_celery": "our consumer's rate / Celery's",
    "consume_vs_dramatiq": "our consumer's rate / Dramatiq's",
    "publish_vs_raw": "our relay's rate / that of pipelined confirmations",
    "publish_vs_one_by_one": "our relay's rate / that of single confirmations",
    "publish_vs_faststream": "our relay's rate / FastStream's",
    "cost_1e6_vs_1e3": "cost of an event (publish + consume) after 1,000,000 others / after 1,000",
    "latency_p99_vs_raw": "our 99th percentile / that of publishing and receiving alone",
}

INTRODUCTION = """\
# Performance of the messaging

<!-- Made of performance.json by `./govproject bench report`; do not edit. -->

    ./govproject bench events                  # about twenty minutes, nothing is kept
    ./govproject bench events --json           # every run, as one JSON object
    ./govproject bench events --report         # also writes this page, its JSON and its plots
    ./govproject bench events --database postgresql

Nothing needs to be installed by hand. A private RabbitMQ and all data live in a temporary folder
inside the checkout, so on its disk, and are deleted at the end. Leave the machine alone meanwhile.

Rates belong to one machine and one hour. What can be compared are **ratios of runs that took
turns**: each round runs every contender once, a ratio is the median over the rounds, beside it the
least and the most of any round. It need not be the ratio of the medians further down. Above 1, ours
is faster, except for cost and latency, where above 1 ours costs more.
"""

CONSUME = """\
The queue is full before anybody reads: durable messages of a real event (`filing.accepted`, with
all its headers) from 1000 projects in turn. A process of its own reads them. What is counted are
rows in the database, seen over another connection: from the first commit to the last one, without
what the first one held. The limit has no rows; it is believed. All databases are durable at every
commit (SQLite: WAL, `synchronous=FULL`), all asynchronous contenders run on uvloop, all but the
limit validate the event. A peer's row carries the event's id, which is unique: that is how it stays
harmless when a message comes twice. Peers write it with the database's own driver in one statement,
which is the fastest way to commit a single row."""

PUBLISH = """\
The same messages, durable, to the same quorum queue, each confirmed. Ours starts with a full outbox
and is done when every event is marked as published, again as the database shows it. The others have
no database to read or to mark, and no order to keep."""

LATENCY = """\
100 events a second at random moments (Poisson, the same moments for both), so nothing queues.
Ours: from the commit that holds the event, in a producer's process with its database, over the
relay, the broker and the inbox, to the commit that holds the effect, in a consumer's process with
another database. Raw: from the call that publishes to the callback that receives, without any
database. Both clocks are the host's monotonic one. The first second does not count."""

GROWTH = """\
Outbox and inbox hold a past of so many events, published and done, ten to a project; then new
events go on in a thousand of these streams. Time an event is measured as above, the sizes taking
turns, each run on a fresh copy. Compare these numbers with one another, not with the rates above:
here the streams have been there before, so none has to be made, and it is another hour."""

REMARKS = """\
## What to make of it

- The peers commit message by message because that is how they are documented. Batches could be
  written by hand on top of them; then order, duplicates and failures of single messages inside a
  batch have to be solved by hand as well. That is what this library is for.
- Ours does more for each event than any peer here: a mark in the inbox, a cursor per stream, and a
  check of the order. None of the others keeps the events of one project in order.
- Celery and Dramatiq wrap the event into a format of their own; producing it is not measured.
- Several processes would raise every rate but the limit of the disk. One process each keeps the
  comparison fair, and is how a service runs.
- Consumers and broker share the machine's cores. On two cores the broker itself takes a good part
  of what the limit could do."""
