"""The embedded cloud provider `record`: keeps what it would have done, and touches nothing."""

from typing import Any

from govproject import hookimpl
from govproject.adapters import CloudOrder, CloudProvider


class RecordingProvider:
    """Answers every order with proof that it was recorded, not carried out."""

    name = "record"

    def provision(self, order: CloudOrder) -> dict[str, Any]:
        """Record the provisioning."""
        return self._recorded("provision", order)

    def suspend(self, order: CloudOrder) -> dict[str, Any]:
        """Record the suspension."""
        return self._recorded("suspend", order)

    def resume(self, order: CloudOrder) -> dict[str, Any]:
        """Record the resumption."""
        return self._recorded("resume", order)

    def release(self, order: CloudOrder) -> dict[str, Any]:
        """Record the release."""
        return self._recorded("release", order)

    def observe(self, order: CloudOrder) -> dict[str, Any]:
        """Answer that nothing is there to be seen."""
        return self._recorded("observe", order)

    def _recorded(self, action: str, order: CloudOrder) -> dict[str, Any]:
        return {
            "provider": self.name,
            "action": action,
            "carried_out": False,
            "resources": order.resources.model_dump(),
        }


@hookimpl
def cloud_provider() -> CloudProvider:
    """The provider that is used where no department deployed another."""
    return RecordingProvider()
