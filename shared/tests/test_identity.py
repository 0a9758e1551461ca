import json
import re
import time
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey

from govproject.errors import Forbidden, PrerequisiteError, Unauthorized
from govproject.identity import (
    ACCOUNTS,
    ALGORITHM,
    DEFAULT_UNIT,
    PUBLIC_KEY,
    SIGNING_KEY,
    LocalAccounts,
    Principal,
    Role,
    Verifier,
    create,
    is_local,
    main,
    mint,
    refuse_local_in_production,
)

NAMES = [
    "unit",
    "bureau",
    "party-office",
    "cyberspace",
    "finance",
    "audit",
    "expert",
    "archivist",
    "archive-authority",
    "portal",
    "ops",
]


@pytest.fixture(scope="module")
def passwords():
    return {}


@pytest.fixture(scope="module")
def directory(tmp_path_factory, passwords):
    path = tmp_path_factory.mktemp("data") / "identity"
    passwords.update(create(path, {"bureau": "open sesame"}))
    return path


@pytest.fixture(scope="module")
def verifier(directory):
    return Verifier.load(directory)


@pytest.mark.parametrize("name", NAMES)
def test_each_account_gets_a_token_of_its_role(directory, verifier, name):
    caller = verifier.verify(mint(directory, name))
    assert caller.subject == name
    assert caller.role.value == name.replace("-", "_")
    assert caller.unit == (DEFAULT_UNIT if name == "unit" else None)


def test_every_role_has_an_account_and_a_chinese_name():
    assert {role.value for role in Role} == {name.replace("-", "_") for name in NAMES}
    assert Role.BUREAU.zh == "区数据局"


def test_passwords_are_given_or_random(passwords):
    assert list(passwords) == NAMES
    assert passwords["bureau"] == "open sesame"
    assert len(set(passwords.values())) == len(NAMES)


def test_private_files_are_for_their_owner_only(directory):
    for name in (SIGNING_KEY, ACCOUNTS):
        assert (directory / name).stat().st_mode & 0o077 == 0


def test_no_password_is_stored(directory, passwords):
    text = (directory / ACCOUNTS).read_text(encoding="utf-8")
    assert not [password for password in passwords.values() if password in text]
    assert "$argon2id$" in text


def test_the_public_key_cannot_sign(directory):
    assert '"d"' not in (directory / PUBLIC_KEY).read_text(encoding="utf-8")


def test_creating_over_something_is_refused_and_leaves_it_alone(directory):
    before = (directory / SIGNING_KEY).read_bytes()
    with pytest.raises(PrerequisiteError, match="choose a new directory"):
        create(directory)
    assert (directory / SIGNING_KEY).read_bytes() == before
    assert [path.name for path in directory.parent.iterdir()] == ["identity"]


def test_a_token_can_be_for_another_unit(directory, verifier):
    caller = verifier.verify(mint(directory, "unit", unit="区教育局"))
    assert caller.unit == "区教育局"


def test_only_a_unit_account_acts_for_a_unit(directory):
    with pytest.raises(PrerequisiteError, match="does not act for a project unit"):
        mint(directory, "bureau", unit="区教育局")


def test_an_unknown_account_is_answered_with_the_known_ones(directory):
    with pytest.raises(
        PrerequisiteError,
        match=r"no account 'mayor'; .*archive-authority, archivist, audit, bureau",
    ):
        mint(directory, "mayor")


def test_an_expired_token_is_refused(directory, verifier):
    token = mint(directory, "bureau", ttl=timedelta(seconds=-1))
    with pytest.raises(Unauthorized) as caught:
        verifier.verify(token)
    assert caught.value.code == "token_expired"


def test_a_cached_token_still_expires(directory, verifier, monkeypatch):
    token = mint(directory, "bureau", ttl=timedelta(minutes=1))
    assert verifier.verify(token).subject == "bureau"
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Unauthorized) as caught:
        verifier.verify(token)
    assert caught.value.code == "token_expired"


def _signed(directory, key=None, **claims: object):
    own = OKPKey.import_key(json.loads((directory / SIGNING_KEY).read_text()))
    good = {"aud": "govproject", "sub": "x", "role": "bureau", "exp": int(time.time()) + 60}
    header = {"alg": ALGORITHM, "kid": own.kid}
    merged = {name: value for name, value in {**good, **claims}.items() if value is not None}
    return jwt.encode(header, merged, key or own, algorithms=[ALGORITHM])


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"aud": None},
        {"exp": None},
        {"exp": "soon"},
        {"sub": None},
        {"sub": 5},
        {"role": "emperor"},
        {"role": ["bureau"]},
        {"role": None},
        {"role": "unit"},
        {"role": "unit", "unit": ""},
        {"unit": 5},
    ],
    ids=str,
)
def test_claims_that_do_not_add_up_are_refused(directory, verifier, claims):
    with pytest.raises(Unauthorized) as caught:
        verifier.verify(_signed(directory, **claims))
    assert caught.value.code == "token_invalid"


def test_a_token_of_another_key_is_refused(directory, verifier):
    with pytest.raises(Unauthorized):
        verifier.verify(_signed(directory, key=OKPKey.generate_key("Ed25519")))


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b.c", "é.b.c", "\ud800.b.c", "eyJhbGciOiJub25lIn0.e30.", "\0" * 20, "." * 5000],
    ids=ascii,
)
def test_what_is_no_token_is_refused(verifier, token):
    with pytest.raises(Unauthorized) as caught:
        verifier.verify(token)
    assert caught.value.code == "token_invalid"


def test_a_token_with_a_changed_claim_is_refused(directory, verifier):
    header, payload, _ = mint(directory, "bureau").split(".")
    _, _, signature = mint(directory, "unit").split(".")
    with pytest.raises(Unauthorized):
        verifier.verify(f"{header}.{payload}.{signature}")


def test_signing_in_takes_the_right_password(directory, verifier):
    token = LocalAccounts.load(directory).sign_in("bureau", "open sesame")
    assert verifier.verify(token.text) == token.principal == Principal("bureau", Role.BUREAU)


@pytest.mark.parametrize(
    ("name", "password"), [("bureau", "guess"), ("mayor", "guess"), ("bureau", "\0")]
)
def test_signing_in_wrongly_does_not_tell_what_was_wrong(directory, name, password):
    with pytest.raises(Unauthorized) as caught:
        LocalAccounts.load(directory).sign_in(name, password)
    assert caught.value.code == "wrong_credentials"


def test_production_refuses_a_directory_that_can_issue_tokens(directory, tmp_path):
    with pytest.raises(PrerequisiteError, match="GOVPROJECT_ENVIRONMENT=production refuses"):
        refuse_local_in_production(directory)
    (tmp_path / PUBLIC_KEY).write_bytes((directory / PUBLIC_KEY).read_bytes())
    refuse_local_in_production(tmp_path)
    assert not is_local(tmp_path)
    assert Verifier.load(tmp_path).verify(mint(directory, "ops")).role is Role.OPS


def test_a_missing_identity_is_answered_with_the_command_that_makes_one(tmp_path):
    with pytest.raises(PrerequisiteError, match=r"run: python -m govproject\.identity /"):
        Verifier.load(tmp_path)


@pytest.mark.parametrize("content", ["{", '{"accounts": [{}]}'])
def test_a_damaged_accounts_file_is_named(directory, tmp_path, content):
    (tmp_path / SIGNING_KEY).write_bytes((directory / SIGNING_KEY).read_bytes())
    (tmp_path / ACCOUNTS).write_text(content)
    with pytest.raises(PrerequisiteError, match=re.escape(ACCOUNTS)):
        LocalAccounts.load(tmp_path)


def test_a_unit_owns_its_own_projects_only():
    unit = Principal("unit", Role.UNIT, "区教育局")
    unit.must_own("区教育局")
    Principal("bureau", Role.BUREAU).must_own("区教育局")
    for other in ("区卫健委", None):
        with pytest.raises(Forbidden) as caught:
            unit.must_own(other)
        assert caught.value.code == "not_your_unit"


def test_only_a_unit_is_limited_to_its_own_projects():
    assert Principal("unit", Role.UNIT, "区教育局").limited_to == "区教育局"
    assert Principal("bureau", Role.BUREAU).limited_to is None
    # An issuer may name the unit that an official of the bureau works for.
    assert Principal("bureau", Role.BUREAU, "区数据局").limited_to is None


def test_the_command_makes_an_identity_and_prints_the_accounts_once(tmp_path, capsys):
    assert main([str(tmp_path / "identity")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == NAMES
    assert main([str(tmp_path / "identity")]) == 2
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
