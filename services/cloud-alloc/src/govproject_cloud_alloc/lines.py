"""One line of a request: a number of equal machines."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from govproject.fields import Command, Count, Flag, ShortText
from govproject.resources import Resources


class CpuArchitecture(StrEnum):
    """Instruction sets offered by the district cloud."""

    X86_64 = "x86_64"
    ARM64 = "arm64"
    LOONGARCH64 = "loongarch64"


class ResourceLine(Command):
    """Equal machines: per machine what it has, and how many of them."""

    # The bounds stand inside of Annotated: outside, those of `Count` would win.
    quantity: Annotated[Count, Field(ge=1, le=1000)] = Field(title="数量（台）")
    vcpus: Annotated[Count, Field(ge=1, le=1024)] = Field(title="虚拟CPU（核/台）")
    memory_gib: Annotated[Count, Field(ge=1, le=16384)] = Field(title="内存（GiB/台）")
    system_disk_gib: Annotated[Count, Field(ge=1, le=65536)] = Field(title="系统盘（GiB/台）")
    data_disk_gib: Annotated[Count, Field(le=1_000_000)] = Field(
        default=0, title="数据盘（GiB/台）"
    )
    operating_system: ShortText = Field(title="操作系统")
    cpu_architecture: CpuArchitecture = Field(title="CPU架构")
    xinchuang: Flag = Field(title="信创")
    public_ips: Annotated[Count, Field(le=16)] = Field(default=0, title="公网IP（个/台）")
    private_ips: Annotated[Count, Field(le=64)] = Field(default=1, title="内网IP（个/台）")
    bandwidth_mbps: Annotated[Count, Field(le=100_000)] = Field(default=0, title="带宽（Mbps/台）")
    vpn: Flag = Field(default=False, title="VPN接入")


def totals(lines: list[ResourceLine]) -> Resources:
    """What the lines add up to.

    >>> machine = ResourceLine(quantity=2, vcpus=8, memory_gib=16, system_disk_gib=100,
    ...     operating_system="openEuler 24.03", cpu_architecture="arm64", xinchuang=True)
    >>> totals([machine]).in_words()
    '虚拟CPU 16核、内存 32GiB、存储 200GiB'
    """
    total = Resources()
    for line in lines:
        total += Resources.model_construct(
            vcpus=line.vcpus * line.quantity,
            memory_gib=line.memory_gib * line.quantity,
            storage_gib=(line.system_disk_gib + line.data_disk_gib) * line.quantity,
            public_ips=line.public_ips * line.quantity,
            bandwidth_mbps=line.bandwidth_mbps * line.quantity,
        )
    return total
