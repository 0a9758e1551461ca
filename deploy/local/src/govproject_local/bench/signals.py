"""How a contender learns that it has worked enough."""

import asyncio
import signal


async def stopped() -> None:
    """Wait for SIGTERM."""
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    await told.wait()
