"""A service's settings, read from `GOVPROJECT_*` environment variables."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from govproject.errors import PrerequisiteError
from govproject.messaging import tls

PREFIX = "GOVPROJECT_"


def _has_a_port_or_none(url: str) -> str:
    urlsplit(url).port  # noqa: B018  # raises ValueError when it is no number of a port
    return url


def _try(*files: Path | None) -> None:
    try:
        tls.from_files(*files)
    except OSError as error:  # of TLS, too: no exception that a validator may raise
        raise ValueError(str(error)) from error


def _by_name(given: Any) -> Any:
    """What the environment says in one line, by name; anything else is left to be judged."""
    if not isinstance(given, str):
        return given
    return dict(each.strip().partition("=")[::2] for each in given.split(","))


# A URL carries a password: it appears in no repr, and so in no log.
_WithPort = Annotated[str, AfterValidator(_has_a_port_or_none)]
Url = Annotated[_WithPort, Field(repr=False)]
# Pages name each other by their path alone.
_PageUrl = Annotated[_WithPort, Field(pattern=r"^https?://[^/?#\s@]+$")]


class BrokerSettings(BaseSettings):
    """How to reach the broker.

    Every description completes "expected: …" in the error about a missing or bad value.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore"
    )

    amqp_url: Url = Field(
        pattern=r"^amqps?://.",
        description="amqp://USER:PASSWORD@HOST:PORT/VHOST, or amqps://…",
    )
    amqp_ca_file: Path | None = Field(
        default=None,
        description="a PEM file of the authorities that the broker's certificate may come from,"
        " with an amqps:// address",
    )
    amqp_key_file: Path | None = Field(
        default=None, description="a PEM file with an unencrypted key, with an amqps:// address"
    )
    amqp_cert_file: Path | None = Field(
        default=None,
        validate_default=True,
        description="a PEM file with the certificate to the key of GOVPROJECT_AMQP_KEY_FILE,"
        " both or neither",
    )

    @field_validator("amqp_ca_file", "amqp_key_file")
    @classmethod
    def _encrypted(cls, file: Path | None, others: ValidationInfo) -> Path | None:
        if file is not None and others.data.get("amqp_url", "").startswith("amqp:"):
            raise ValueError("nothing would be encrypted")
        return file

    @field_validator("amqp_ca_file")
    @classmethod
    def _authorities(cls, file: Path | None) -> Path | None:
        if file is not None:
            _try(file)
        return file

    @field_validator("amqp_cert_file")
    @classmethod
    def _pair(cls, file: Path | None, others: ValidationInfo) -> Path | None:
        key = others.data.get("amqp_key_file")
        if (file is None) != (key is None):
            raise ValueError("one without the other")
        if file is not None:
            _try(None, file, key)
        return file

    @property
    def broker_url(self) -> str:
        """The broker's address, with the files to be used there."""
        return tls.with_files(
            self.amqp_url,
            ca=self.amqp_ca_file,
            cert=self.amqp_cert_file,
            key=self.amqp_key_file,
        )

    @classmethod
    def from_environment(cls, **given: Any) -> Self:
        """Read and check the environment; what is given takes precedence.

        Raises:
            PrerequisiteError: a variable is missing or wrong; names it and what is expected.
        """
        try:
            return cls(**given)
        except ValidationError as error:
            raise PrerequisiteError("; ".join(_sentences(cls, error))) from None


class Settings(BrokerSettings):
    """All settings of a service."""

    service_host: str = Field(default="127.0.0.1", description="an address to listen on")
    port: int = Field(ge=1, le=65535, description="a TCP port, 1 to 65535")
    database_url: Url = Field(
        pattern=r"^(sqlite:///[^:]|postgresql\+psycopg://.)",
        description="sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE",
    )
    identity_dir: Path = Field(description="the directory that holds public-key.json")
    plugins_dir: Path | None = Field(
        default=None, description="a directory of departments' .py plugins"
    )
    environment: Literal["local", "production"] = Field(
        default="local", description="local or production"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error"
    )
    files_dir: Path = Field(description="a directory for what people hand in")
    max_file_mib: int = Field(
        default=200, ge=1, le=2048, description="of one file, in MiB, 1 to 2048"
    )
    audit_period_days: int = Field(
        default=90, ge=1, le=3650, description="whole days between audits of a file, 1 to 3650"
    )
    partitions: int = Field(
        default=1, ge=1, le=64, description="queues a consumer is split into, 1 to 64; can grow"
    )
    otlp_endpoint: _WithPort | None = Field(
        default=None,
        repr=False,
        pattern=r"^https?://[^/]",
        description="base address of an OTLP/HTTP receiver of traces: http://HOST:4318",
    )
    service_urls: Annotated[dict[str, _PageUrl], NoDecode, BeforeValidator(_by_name)] = Field(
        default={},
        description="where people reach the services' pages: intake=https://HOST,review=https://…",
    )
    knowledge_max_age_hours: int = Field(
        default=24, ge=1, le=8760, description="whole hours, 1 to 8760"
    )


def _sentences(settings: type[BrokerSettings], error: ValidationError) -> list[str]:
    # The bad value is left out on purpose: it may hold a password.
    return [
        f"{PREFIX}{str(item['loc'][0]).upper()} "
        f"{'is not set' if item['type'] == 'missing' else 'has a value that does not fit'}; "
        f"expected: {settings.model_fields[str(item['loc'][0])].description}"
        for item in error.errors(include_input=False, include_context=False)
    ]
