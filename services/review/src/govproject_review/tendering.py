"""What tender documents are, and what they rest on (Art 11). Pure."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from govproject.terms import TenderInput


class TenderDocument(BaseModel):
    """One file of the tender documents."""

    model_config = ConfigDict(frozen=True)

    file_id: UUID
    name: str
    sha256: str


class TenderLink(BaseModel):
    """The record that tender documents rest on."""

    model_config = ConfigDict(frozen=True)

    input: TenderInput
    record_id: UUID
    """Of the file, the panel or the evaluation."""
    title: str
