"""The draw of filed projects for a spot check (Art 29): random, and repeatable from its record.

The text says 不定期…抽查 and no more; seed and order are this suite's policy. A seed nobody chose
puts the filed projects in order: each one's place is the SHA-256 of `seed:project_id`, and the
first `size` are checked. So seed, population and size, which are kept, prove the outcome.
"""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID


def sample(population: Iterable[UUID], seed: str, size: int) -> list[UUID]:
    """The projects to check, in the order of the draw.

    >>> drawn = sample([UUID(int=1), UUID(int=2), UUID(int=3)], "5eed", 2)
    >>> drawn == sample([UUID(int=3), UUID(int=1), UUID(int=2)], "5eed", 2), len(drawn)
    (True, 2)
    """
    return sorted(population, key=lambda each: sha256(f"{seed}:{each}".encode()).digest())[:size]
