"""A service's settings, read from `GOVPROJECT_*` environment variables."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from govproject.errors import PrerequisiteError

PREFIX = "GOVPROJECT_"


def _has_a_port_or_none(url: str) -> str:
    urlsplit(url).port  # noqa: B018  # raises ValueError when it is no number of a port
    return url


# A URL carries a password: it appears in no repr, and so in no log.
_WithPort = Annotated[str, AfterValidator(_has_a_port_or_none)]
Url = Annotated[_WithPort, Field(repr=False)]


class Settings(BaseSettings):
    """Every description completes "expected: …" in the error about a missing or bad value."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore"
    )

    service_host: str = Field(default="127.0.0.1", description="an address to listen on")
    port: int = Field(ge=1, le=65535, description="a TCP port, 1 to 65535")
    database_url: Url = Field(
        pattern=r"^(sqlite:///[^:]|postgresql\+psycopg://.)",
        description="sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE",
    )
    amqp_url: Url = Field(
        pattern=r"^amqps?://.",
        description="amqp://USER:PASSWORD@HOST:PORT/VHOST",
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
    partitions: int = Field(
        default=1, ge=1, le=64, description="queues a consumer is split into, 1 to 64"
    )
    otlp_endpoint: _WithPort | None = Field(
        default=None,
        repr=False,
        pattern=r"^https?://[^/]",
        description="base address of an OTLP/HTTP receiver of traces: http://HOST:4318",
    )
    knowledge_max_age_hours: int = Field(
        default=24, ge=1, le=8760, description="whole hours, 1 to 8760"
    )

    @classmethod
    def from_environment(cls) -> Self:
        """Read and check the environment.

        Raises:
            PrerequisiteError: a variable is missing or wrong; names it and what is expected.
        """
        try:
            return cls()  # type: ignore[call-arg]  # the environment provides what is required
        except ValidationError as error:
            raise PrerequisiteError("; ".join(_sentences(cls, error))) from None


def _sentences(settings: type[Settings], error: ValidationError) -> list[str]:
    # The bad value is left out on purpose: it may hold a password.
    return [
        f"{PREFIX}{str(item['loc'][0]).upper()} "
        f"{'is not set' if item['type'] == 'missing' else 'has a value that does not fit'}; "
        f"expected: {settings.model_fields[str(item['loc'][0])].description}"
        for item in error.errors(include_input=False, include_context=False)
    ]
