"""The statistics: what one can say of alternating runs on a machine that does other things, too."""

from collections.abc import Sequence
from statistics import fmean, median, quantiles
from typing import NamedTuple


class Ratio(NamedTuple):
    """How one contender's runs compare with another's."""

    median: float
    least: float
    most: float


def pairwise(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """Compare run by run: what slowed one of a pair down, slowed down its neighbour as well.

    Args:
        ours: a number a round.
        theirs: the numbers of the same rounds.

    Raises:
        ValueError: there are no pairs, or one is incomplete.

    >>> pairwise([10.0, 5.0, 9.0], [5.0, 5.0, 3.0])
    Ratio(median=2.0, least=1.0, most=3.0)
    """
    each = [our / their for our, their in zip(ours, theirs, strict=True)]
    if not each:
        raise ValueError("no pairs to compare")
    return Ratio(median(each), min(each), max(each))


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent do not exceed.

    >>> percentile([float(n) for n in range(1, 101)], 99)
    99.01
    """
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def slope(points: Sequence[tuple[float, float]]) -> float:
    """How fast y grows with x, by least squares; 0 when x does not change.

    >>> slope([(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)])
    2.0
    """
    x_mean, y_mean = fmean(x for x, _ in points), fmean(y for _, y in points)
    spread = sum((x - x_mean) ** 2 for x, _ in points)
    return sum((x - x_mean) * (y - y_mean) for x, y in points) / spread if spread else 0.0
