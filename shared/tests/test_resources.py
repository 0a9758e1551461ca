import pytest
from pydantic import ValidationError

from govproject.resources import Resources

MOST = 10_000_000


def test_amounts_add_up_field_by_field():
    one = Resources(vcpus=1, memory_gib=2, storage_gib=3, public_ips=4, bandwidth_mbps=5)
    assert one + one == Resources(
        vcpus=2, memory_gib=4, storage_gib=6, public_ips=8, bandwidth_mbps=10
    )
    assert sum([one, one], start=Resources()) == one + one
    assert one + Resources() == one


def test_a_sum_may_exceed_what_one_request_may_say():
    assert (Resources(vcpus=MOST) + Resources(vcpus=1)).vcpus == MOST + 1


def test_what_is_beyond_a_limit():
    limit = Resources(vcpus=8, memory_gib=32)
    assert limit.beyond(limit) == {}
    assert Resources().beyond(limit) == {}
    assert Resources(vcpus=9, memory_gib=32, public_ips=1).beyond(limit) == {
        "vcpus": 1,
        "public_ips": 1,
    }


def test_in_words():
    everything = Resources(vcpus=1, memory_gib=2, storage_gib=3, public_ips=4, bandwidth_mbps=5)
    assert everything.in_words() == ("虚拟CPU 1核、内存 2GiB、存储 3GiB、公网IP 4个、带宽 5Mbps")
    assert Resources().in_words() == "无"


@pytest.mark.parametrize("amount", [0, MOST])
def test_amounts_are_whole_and_bounded(amount):
    assert Resources(vcpus=amount).vcpus == amount


@pytest.mark.parametrize("amount", [-1, MOST + 1, 1.5, "many", float("nan"), None])
def test_not_an_amount(amount):
    with pytest.raises(ValidationError):
        Resources.model_validate({"vcpus": amount})


def test_a_misspelt_amount_is_not_lost():
    with pytest.raises(ValidationError, match="vcpu"):
        Resources.model_validate({"vcpu": 8})


def test_a_plan_does_not_change():
    with pytest.raises(ValidationError, match="frozen"):
        Resources().vcpus = 1
