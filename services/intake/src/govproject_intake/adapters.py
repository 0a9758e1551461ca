"""The embedded municipal registry: keeps the reference that was typed in (Art 3)."""

from govproject import hookimpl
from govproject.adapters import CityRegistration


@hookimpl
def municipal_registry(registration: CityRegistration) -> str | None:
    """Answer with the reference from the municipal system that the caller typed in."""
    return registration.typed_reference
