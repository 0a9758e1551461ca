"""Events between services: exactly-once effects, in order per project, on at-least-once delivery.

    handler ─ append ─▶ outbox ─ relay ─▶ broker ─▶ consumer ─▶ inbox ─ process ─▶ handler

Start reading at `outbox.append` and `inbox.process`; `Messaging` keeps both running.
"""

from govproject.messaging.delivery import Delivery, Handler, Handlers, TransientError
from govproject.messaging.runtime import Messaging

__all__ = ["Delivery", "Handler", "Handlers", "Messaging", "TransientError"]
