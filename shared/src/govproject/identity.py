"""Who is calling: roles, tokens, and the local accounts for demonstrations and tests.

An identity directory holds `public-key.json`, with which services verify tokens. A *local* one also
holds `signing-key.json` and `accounts.json` and can issue tokens by itself; production refuses it.
`python -m govproject.identity DIR` makes a local one.
"""

import json
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import KeySet, OKPKey
from pydantic import BaseModel, ConfigDict, ValidationError

from govproject.errors import Forbidden, PrerequisiteError, Unauthorized
from govproject.terms import Term

AUDIENCE = "govproject"
TOKEN_LIFETIME = timedelta(hours=12)
# RFC 9864 names the curve; the older name "EdDSA" is deprecated because it does not.
ALGORITHM = "Ed25519"

PUBLIC_KEY = "public-key.json"
SIGNING_KEY = "signing-key.json"
ACCOUNTS = "accounts.json"

# argon2id as OWASP advises for one core; the library's default wants four.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

DEFAULT_UNIT = "亭湖区示例单位"


class Role(Term):
    """Who somebody acts for; a route names the roles it is open to."""

    UNIT = "unit", "项目单位"
    BUREAU = "bureau", "区数据局"
    PARTY_OFFICE = "party_office", "区委办"
    CYBERSPACE = "cyberspace", "区委网信办"
    FINANCE = "finance", "区财政局"
    AUDIT = "audit", "区审计局"
    EXPERT = "expert", "评审专家"
    ARCHIVIST = "archivist", "档案管理人员"
    ARCHIVE_AUTHORITY = "archive_authority", "档案行政管理部门"
    PORTAL = "portal", "政务云平台"
    OPS = "ops", "运维人员"


@dataclass(frozen=True, slots=True)
class Principal:
    """A verified caller. `unit` is the project unit a `unit` account belongs to, else None."""

    subject: str
    role: Role
    unit: str | None = None

    @property
    def limited_to(self) -> str | None:
        """The unit whose projects this caller's lists are limited to; None: all units'."""
        return self.unit if self.role is Role.UNIT else None

    def must_own(self, unit: str | None) -> None:
        """Refuse a project unit that reaches for another unit's project; other roles pass.

        A project whose unit is not known yet is no unit's.

        Raises:
            Forbidden: `not_your_unit`.
        """
        if self.role is Role.UNIT and self.unit != unit:
            raise Forbidden("not_your_unit", "这是其他项目单位的项目，本单位无权查看或办理。")


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token and when it ends."""

    text: str
    principal: Principal
    expires_at: datetime


class Account(BaseModel):
    """One entry of accounts.json."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    role: Role
    unit: str | None
    password_hash: str


class _AccountsFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    accounts: tuple[Account, ...]


class Verifier:
    """Turns a token into a caller, by the issuer's public keys alone."""

    def __init__(self, keys: KeySet) -> None:
        self._keys = keys
        # Checking a signature costs as much as the rest of a small request; a caller's token is
        # the same for hours. The expiry is checked every time.
        self._claims = lru_cache(maxsize=1024)(self._signed_claims)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read the public keys.

        Raises:
            PrerequisiteError: there is no readable public key.
        """
        return cls(KeySet.import_key_set(_read_json(directory, PUBLIC_KEY)))

    def verify(self, token: str) -> Principal:
        """Answer who the token was issued to.

        Raises:
            Unauthorized: `token_expired`, or `token_invalid` for anything else that is wrong.
        """
        try:
            claims = self._claims(token)
            jwt.JWTClaimsRegistry(
                aud={"essential": True, "value": AUDIENCE},
                exp={"essential": True},
                sub={"essential": True},
                role={"essential": True},
            ).validate(claims)
            role = Role(claims["role"])
            unit = claims.get("unit")
        except ExpiredTokenError:
            raise Unauthorized("token_expired", "登录凭证已过期，请重新登录。") from None
        except (JoseError, ValueError, TypeError):
            raise Unauthorized("token_invalid", "登录凭证无效，请重新登录。") from None
        if not (unit is None or isinstance(unit, str)) or (role is Role.UNIT and not unit):
            raise Unauthorized("token_invalid", "登录凭证未注明所属项目单位，请重新登录。")
        return Principal(claims["sub"], role, unit)

    def seconds_left(self, token: str) -> int:
        """How long a token that `verify` took is still valid."""
        return max(0, int(self._claims(token)["exp"] - time.time()))

    def _signed_claims(self, token: str) -> dict[str, Any]:
        return jwt.decode(token, self._keys, algorithms=[ALGORITHM]).claims


class LocalAccounts:
    """The accounts of a local identity directory, and the key that signs their tokens."""

    def __init__(self, accounts: tuple[Account, ...], key: OKPKey) -> None:
        self._accounts = {account.name: account for account in accounts}
        self._key = key

    @cached_property
    def _nobody(self) -> str:
        """Verified for unknown names, so that an answer's time does not tell which names exist."""
        return _HASHER.hash(secrets.token_urlsafe())

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read accounts and signing key.

        Raises:
            PrerequisiteError: a file is missing or damaged.
        """
        try:
            file = _AccountsFile.model_validate(_read_json(directory, ACCOUNTS))
        except ValidationError as error:
            raise PrerequisiteError(
                f"{directory / ACCOUNTS} is damaged ({error.error_count()} errors); "
                f"restore it, or remove {directory} and run: {_command(directory)}"
            ) from None
        return cls(file.accounts, OKPKey.import_key(_read_json(directory, SIGNING_KEY)))

    def sign_in(self, name: str, password: str) -> Token:
        """Issue a token for a name and its password.

        Raises:
            Unauthorized: `wrong_credentials`.
        """
        account = self._accounts.get(name)
        try:
            _HASHER.verify(account.password_hash if account else self._nobody, password)
        except VerifyMismatchError:
            account = None
        if account is None:
            raise Unauthorized("wrong_credentials", "账号或密码不正确。")
        return self._sign(account, account.unit, TOKEN_LIFETIME, subject=name)

    def mint(self, name: str, *, unit: str | None = None, ttl: timedelta = TOKEN_LIFETIME) -> Token:
        """Issue a token without a password, for whoever may read the signing key.

        Args:
            name: an account's name; `expert:` and a name for one of several experts, since each
                signs for himself alone (Art 10).
            unit: act for this project unit instead of the account's own (`unit` accounts only).
            ttl: how long the token is valid.

        Raises:
            PrerequisiteError: no such account, or a unit for an account that has none.
        """
        role, _, person = name.partition(":")
        account = self._accounts.get(role)
        if person and (account is None or account.role is not Role.EXPERT):
            raise PrerequisiteError(f"only experts have accounts of their own, not {role!r}")
        if account is None:
            known = ", ".join(sorted(self._accounts))
            if "expert" in self._accounts:
                known += "; one of several experts is expert:NAME"
            raise PrerequisiteError(f"there is no account {name!r}; the accounts are: {known}")
        if unit is not None and account.role is not Role.UNIT:
            raise PrerequisiteError(f"account {name!r} does not act for a project unit")
        return self._sign(account, unit or account.unit, ttl, subject=name)

    def _sign(self, account: Account, unit: str | None, ttl: timedelta, *, subject: str) -> Token:
        issued = int(time.time())
        expires = issued + int(ttl.total_seconds())
        claims: dict[str, Any] = {
            "aud": AUDIENCE,
            "sub": subject,
            "role": account.role.value,
            "iat": issued,
            "exp": expires,
        }
        if unit is not None:
            claims["unit"] = unit
        header = {"alg": ALGORITHM, "kid": self._key.kid}
        return Token(
            text=jwt.encode(header, claims, self._key, algorithms=[ALGORITHM]),
            principal=Principal(subject, account.role, unit),
            expires_at=datetime.fromtimestamp(expires, UTC),
        )


def is_local(directory: Path) -> bool:
    """Whether this directory could issue tokens, and not only verify them."""
    return (directory / SIGNING_KEY).exists() or (directory / ACCOUNTS).exists()


def refuse_local_in_production(directory: Path) -> None:
    """Demonstration accounts must never open a production system.

    Raises:
        PrerequisiteError: the directory holds a local identity.
    """
    if is_local(directory):
        raise PrerequisiteError(
            f"GOVPROJECT_ENVIRONMENT=production refuses the local accounts in {directory}; "
            f"set GOVPROJECT_IDENTITY_DIR to a directory that holds only the issuer's {PUBLIC_KEY}"
        )


def create(directory: Path, passwords: Mapping[str, str] | None = None) -> dict[str, str]:
    """Make a local identity: a fresh key and one account for each role.

    Args:
        directory: must not exist yet, or be empty.
        passwords: by account name; a random one is made for each account not named.

    Returns:
        Every account's name and password; the passwords are kept nowhere else.

    Raises:
        PrerequisiteError: something is there already, or it cannot be written.
    """
    names = {role.value.replace("_", "-"): role for role in Role}
    chosen = {name: (passwords or {}).get(name) or secrets.token_urlsafe(18) for name in names}
    accounts = _AccountsFile(
        accounts=tuple(
            Account(
                name=name,
                role=role,
                unit=DEFAULT_UNIT if role is Role.UNIT else None,
                password_hash=_HASHER.hash(chosen[name]),
            )
            for name, role in names.items()
        )
    )
    key = OKPKey.generate_key("Ed25519", auto_kid=True)
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        # Complete or not there at all: written aside, then moved into place.
        draft = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
        try:
            _write_private(draft / SIGNING_KEY, json.dumps(key.as_dict(private=True)))
            _write_private(draft / ACCOUNTS, accounts.model_dump_json(indent=2))
            _write_private(draft / PUBLIC_KEY, json.dumps({"keys": [key.as_dict(private=False)]}))
            draft.replace(directory)
        except BaseException:
            shutil.rmtree(draft)
            raise
    except OSError as error:
        raise PrerequisiteError(
            f"cannot create an identity in {directory}: {error.strerror}; "
            "choose a new directory that can be written"
        ) from error
    return chosen


def mint(
    directory: Path, name: str, unit: str | None = None, ttl: timedelta = TOKEN_LIFETIME
) -> str:
    """A bearer token of a local account; see `LocalAccounts.mint`."""
    return LocalAccounts.load(directory).mint(name, unit=unit, ttl=ttl).text


def _command(directory: Path) -> str:
    return f"python -m govproject.identity {directory}"


def _read_json(directory: Path, name: str) -> Any:
    path = directory / name
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PrerequisiteError(
            f"{path} does not exist; to make local accounts run: {_command(directory)}"
        ) from None
    except (OSError, ValueError) as error:
        raise PrerequisiteError(f"{path} cannot be read: {error}") from error


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Make a local identity and print its accounts once."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m govproject.identity DIR\n")
        return 2
    try:
        accounts = create(Path(arguments[0]))
    except PrerequisiteError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.writelines(f"{name}\t{password}\n" for name, password in accounts.items())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
