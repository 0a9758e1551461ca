import pytest

from govproject_local.bench.ratios import pairwise, percentile, slope


def test_a_ratio_is_the_median_of_the_pairs_and_not_the_ratio_of_the_medians():
    # The machine was slow in the second round and fast in the third, for both.
    assert pairwise([10.0, 1.0, 90.0], [5.0, 1.0, 30.0]) == (2.0, 1.0, 3.0)


def test_one_round_is_a_pair():
    assert pairwise([3.0], [2.0]) == (1.5, 1.5, 1.5)


@pytest.mark.parametrize(("ours", "theirs"), [([], []), ([1.0], []), ([1.0, 2.0], [1.0])])
def test_what_has_no_partner_cannot_be_compared(ours, theirs):
    with pytest.raises(ValueError, match=r"pairs|zip"):
        pairwise(ours, theirs)


def test_a_percentile_lies_among_the_values():
    values = [float(n) for n in range(100, 0, -1)]

    assert percentile(values, 50) == pytest.approx(50.5)
    assert 99 <= percentile(values, 99) <= 100


def test_a_slope_is_the_growth_by_least_squares():
    assert slope([(0, 5.0), (10, 6.0), (20, 7.0)]) == pytest.approx(0.1)
    assert slope([(0, 5.0), (1, 7.0), (2, 5.0)]) == pytest.approx(0.0)


def test_one_point_has_no_slope():
    assert slope([(3, 5.0), (3, 6.0)]) == 0.0
