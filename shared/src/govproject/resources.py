"""Amounts of government-cloud infrastructure: what is planned, asked for and in use."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from govproject.fields import Count

_MOST = 10_000_000  # as `Count` has it


class Resources(BaseModel):
    """Totals of one plan, request or allocation. Whole units; the unit is in the name.

    >>> Resources(vcpus=8, memory_gib=16) + Resources(vcpus=4)
    Resources(vcpus=12, memory_gib=16, storage_gib=0, public_ips=0, bandwidth_mbps=0)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    vcpus: Count = Field(default=0, title="虚拟CPU（核）")
    memory_gib: Count = Field(default=0, title="内存（GiB）")
    storage_gib: Count = Field(default=0, title="存储（GiB）")
    public_ips: Count = Field(default=0, title="公网IP（个）")
    bandwidth_mbps: Count = Field(default=0, title="带宽（Mbps）")

    def __add__(self, other: Self) -> Self:
        """Add field by field."""
        return self.model_construct(
            **{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields}
        )

    def beyond(self, limit: Self) -> dict[str, int]:
        """By how much each field exceeds `limit`; empty when everything fits.

        >>> Resources(vcpus=12, memory_gib=16).beyond(Resources(vcpus=8, memory_gib=32))
        {'vcpus': 4}
        """
        over = {n: getattr(self, n) - getattr(limit, n) for n in type(self).model_fields}
        return {name: amount for name, amount in over.items() if amount > 0}

    def in_words(self) -> str:
        """Chinese, without the zeros.

        >>> Resources(vcpus=8, memory_gib=16).in_words()
        '虚拟CPU 8核、内存 16GiB'
        """
        words = (
            (self.vcpus, f"虚拟CPU {self.vcpus}核"),
            (self.memory_gib, f"内存 {self.memory_gib}GiB"),
            (self.storage_gib, f"存储 {self.storage_gib}GiB"),
            (self.public_ips, f"公网IP {self.public_ips}个"),
            (self.bandwidth_mbps, f"带宽 {self.bandwidth_mbps}Mbps"),
        )
        return "、".join(text for amount, text in words if amount) or "无"


MOST = Resources(**dict.fromkeys(Resources.model_fields, 10_000_000))
"""The most that a plan or a request may say of each; sums may be more."""
