"""What documents for approval and tender documents are, and what these rest on (Art 11). Pure."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from govproject.terms import TenderInput


class DocumentFile(BaseModel):
    """One file of the documents for approval, or of the tender documents."""

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
