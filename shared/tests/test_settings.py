import pytest

from govproject.errors import PrerequisiteError
from govproject.settings import Settings

GOOD = {
    "GOVPROJECT_PORT": "8101",
    "GOVPROJECT_DATABASE_URL": "postgresql+psycopg://intake:hush@db/intake",
    "GOVPROJECT_AMQP_URL": "amqp://intake:hush@broker/",
    "GOVPROJECT_IDENTITY_DIR": "/data/identity",
    "GOVPROJECT_FILES_DIR": "/data/files",
}


@pytest.fixture
def environment(monkeypatch):
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_what_is_not_set_has_a_default_for_one_machine(environment):
    settings = Settings.from_environment()
    assert settings.port == 8101
    assert settings.service_host == "127.0.0.1"
    assert settings.environment == "local"
    assert settings.plugins_dir is None


def test_an_empty_variable_counts_as_not_set(environment):
    environment.setenv("GOVPROJECT_PLUGINS_DIR", "")
    assert Settings.from_environment().plugins_dir is None


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "80000", "has a value that does not fit; expected: a TCP port, 1 to 65535"),
        ("PORT", "", "is not set; expected: a TCP port, 1 to 65535"),
        ("DATABASE_URL", "mysql://u:hush@h/d", "does not fit; expected: sqlite:///FILE or"),
        ("DATABASE_URL", "sqlite:///:memory:", "does not fit; expected: sqlite:///FILE or"),
        ("DATABASE_URL", "postgresql+psycopg://u:hush@h:no/d", "does not fit; expected: sqlite"),
        ("AMQP_URL", "amqp://u:hush@h:99999/", "does not fit; expected: amqp://"),
        ("AMQP_URL", "http://u:hush@h", "does not fit; expected: amqp://"),
        ("OTLP_ENDPOINT", "collector:4318", "does not fit; expected: base address of an OTLP/HTTP"),
        ("OTLP_ENDPOINT", "http://u:hush@h:no", "does not fit; expected: base address"),
        ("ENVIRONMENT", "staging", "does not fit; expected: local or production"),
        ("LOG_LEVEL", "loud", "does not fit; expected: debug, info"),
        ("SERVICE_URLS", "intake", "does not fit; expected: where people reach"),
        ("SERVICE_URLS", "intake=ftp://h", "does not fit; expected: where people reach"),
        ("SERVICE_URLS", "intake=https://u:hush@h", "does not fit; expected: where people"),
        ("SERVICE_URLS", "intake=https://h/path", "does not fit; expected: where people"),
        ("PARTITIONS", "0", "does not fit; expected: queues"),
    ],
)
def test_a_bad_value_is_named_and_never_shown(environment, name, value, sentence):
    environment.setenv(f"GOVPROJECT_{name}", value)
    with pytest.raises(PrerequisiteError) as caught:
        Settings.from_environment()
    message = str(caught.value)
    assert message.startswith(f"GOVPROJECT_{name} ")
    assert sentence in message
    assert "\n" not in message
    assert "hush" not in message


@pytest.mark.parametrize(
    ("url", "files", "named"),
    [
        ("amqps://b/", {"CA": "absent"}, "AMQP_CA_FILE"),
        ("amqps://b/", {"CA": "nonsense"}, "AMQP_CA_FILE"),
        ("amqp://b/", {"CA": "nonsense"}, "AMQP_CA_FILE"),
        ("amqps://b/", {"CERT": "nonsense"}, "AMQP_CERT_FILE"),
        ("amqps://b/", {"KEY": "nonsense"}, "AMQP_CERT_FILE"),
        ("amqps://b/", {"CERT": "nonsense", "KEY": "nonsense"}, "AMQP_CERT_FILE"),
        ("amqps://b/", {"CERT": "nonsense", "KEY": "absent"}, "AMQP_CERT_FILE"),
        ("amqp://b/", {"CERT": "nonsense", "KEY": "nonsense"}, "AMQP_KEY_FILE"),
    ],
)
def test_files_for_tls_are_looked_at_when_a_service_starts(
    environment, tmp_path, url, files, named
):
    (tmp_path / "nonsense").write_text("no PEM")
    environment.setenv("GOVPROJECT_AMQP_URL", url)
    for part, name in files.items():
        environment.setenv(f"GOVPROJECT_AMQP_{part}_FILE", str(tmp_path / name))
    with pytest.raises(PrerequisiteError, match=f"GOVPROJECT_{named} .*; expected: a PEM file"):
        Settings.from_environment()


def test_the_services_addresses_are_named_in_one_line(environment):
    assert Settings.from_environment().service_urls == {}
    named = "intake=https://intake.example, cloud-alloc=http://127.0.0.1:8105"
    environment.setenv("GOVPROJECT_SERVICE_URLS", named)
    assert Settings.from_environment().service_urls == {
        "intake": "https://intake.example",
        "cloud-alloc": "http://127.0.0.1:8105",
    }


def test_passwords_are_in_no_repr(environment):
    assert "hush" not in repr(Settings.from_environment())
