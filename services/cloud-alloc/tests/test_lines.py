import pytest
from pydantic import ValidationError

from govproject.resources import Resources
from govproject_cloud_alloc.lines import ResourceLine, totals

LINE = {
    "quantity": 1,
    "vcpus": 8,
    "memory_gib": 32,
    "system_disk_gib": 100,
    "operating_system": "openEuler 24.03",
    "cpu_architecture": "arm64",
    "xinchuang": True,
}
BOUNDS = {
    "quantity": (1, 1000),
    "vcpus": (1, 1024),
    "memory_gib": (1, 16384),
    "system_disk_gib": (1, 65536),
    "data_disk_gib": (0, 1_000_000),
    "public_ips": (0, 16),
    "private_ips": (0, 64),
    "bandwidth_mbps": (0, 100_000),
}


@pytest.mark.parametrize(("name", "bounds"), BOUNDS.items())
def test_each_amount_has_its_bounds_and_they_are_published(name, bounds):
    least, most = bounds
    for amount in bounds:
        assert getattr(ResourceLine.model_validate(LINE | {name: amount}), name) == amount
    for amount in (least - 1, most + 1, -1, 1.5, "1", None, True):
        with pytest.raises(ValidationError, match=name):
            ResourceLine.model_validate(LINE | {name: amount})
    schema = ResourceLine.model_json_schema()["properties"][name]
    assert (schema["minimum"], schema["maximum"]) == bounds


@pytest.mark.parametrize(
    "changes",
    [{"cpu_architecture": "mips"}, {"xinchuang": "yes"}, {"operating_system": ""}, {"gpus": 1}],
)
def test_a_line_that_makes_no_sense(changes):
    with pytest.raises(ValidationError):
        ResourceLine.model_validate(LINE | changes)


def test_lines_add_up_per_machine_and_quantity():
    small = ResourceLine.model_validate(LINE)
    large = ResourceLine.model_validate(
        LINE
        | {
            "quantity": 3,
            "vcpus": 16,
            "data_disk_gib": 400,
            "public_ips": 1,
            "private_ips": 2,
            "bandwidth_mbps": 50,
        }
    )
    assert totals([small]) == Resources(vcpus=8, memory_gib=32, storage_gib=100)
    assert totals([small, large]) == Resources(
        vcpus=8 + 48,
        memory_gib=32 + 96,
        storage_gib=100 + 1500,
        public_ips=3,
        bandwidth_mbps=150,
    )
    assert totals([]) == Resources()
