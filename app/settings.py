"""Every setting of the service, read once from the environment (`IPREGISTER_…`) and passed down.

`docs/settings.md` lists them with the same words; a test holds the two together.
"""

import datetime as dt
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from register.codes.offices import is_st3
from register.model import RIGHTS, Right


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message names it and says what it may be."""


class Settings(BaseSettings):
    """Where the register lies, where the index is, and the limits of the service."""

    model_config = SettingsConfigDict(env_prefix="IPREGISTER_", frozen=True, extra="ignore")

    database_url: str | None = Field(
        default=None,
        description=(
            "Postgres 15 or later, as postgresql://user@host/name; absent: an own one in the data directory."
        ),
    )
    search_url: HttpUrl | None = Field(
        default=None,
        description="OpenSearch 3 as http(s)://host:port; absent: the embedded index in the data directory.",
    )
    search_alias: str = Field(
        default="ipregister",
        pattern=r"^[a-z][a-z0-9-]{0,40}$",
        description="The name under which the index is known in OpenSearch.",
    )
    data_dir: Path = Field(
        default=Path("data"), description="Where the embedded database and index lie, and spooled uploads."
    )
    offices_dir: Path | None = Field(
        default=None,
        description="Where profiles of your own lie, as CODE.toml; absent: `offices` in the data directory.",
    )
    web_processes: int = Field(default=2, ge=1, le=64, description="Processes that answer HTTP.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much is logged."
    )
    requests_per_minute: int = Field(
        default=600,
        ge=1,
        le=1_000_000,
        description="Requests that one address may make in a minute; loopback is not counted.",
    )
    limit_loopback: bool = Field(
        default=False, description="Whether the limit of requests holds for loopback too."
    )
    request_seconds: float = Field(
        default=10.0, gt=0, le=600, description="The time that one search may take, in seconds."
    )
    similar_seconds: float = Field(
        default=1.0,
        gt=0,
        le=60,
        description="Seconds after which a search by likeness tries no further way of finding, and says so.",
    )
    receipt_days: int = Field(
        default=400,
        ge=1,
        le=36_500,
        description=(
            "Days for which the receipt of a search is kept after it was made or last asked for; some 1.5 KB "
            "each."
        ),
    )
    exports_at_once: int = Field(
        default=2,
        ge=1,
        le=64,
        description="Files of more than a few records that one machine writes at once for those who ask.",
    )
    snapshots: int = Field(
        default=0,
        ge=0,
        le=10_000,
        description="Daily snapshots of the register that are kept; 0: none is made.",
    )
    snapshots_hour: int = Field(
        default=0, ge=0, le=23, description="The hour of the day (UTC) from which the snapshot is made."
    )
    snapshots_dir: Path | None = Field(
        default=None,
        description="Where snapshots lie; absent: `snapshots` in the data directory.",
    )
    clearance_days: int = Field(
        default=7, ge=1, le=365, description="Days for which the clearance of many names is kept."
    )
    most_watches: int = Field(
        default=10_000, ge=0, le=1_000_000, description="Watches that may be kept at once."
    )
    webhook_tries: int = Field(
        default=16,
        ge=1,
        le=50,
        description="How often an event is sent to a webhook that does not take it before it is laid aside.",
    )
    webhook_first_wait: float = Field(
        default=2.0,
        gt=0,
        le=3600,
        description="Seconds until a webhook is tried again; doubled after each further try, up to 6 h.",
    )
    webhook_private: bool = Field(
        default=False,
        description="Whether webhooks may lead to loopback and to addresses of networks that are not public.",
    )

    upload_bytes: int = Field(
        default=8 << 30, ge=1024, le=1 << 50, description="Bytes that one delivery over HTTP may have."
    )
    upload_idle_seconds: float = Field(
        default=20.0,
        gt=0,
        le=600,
        description="Seconds after which an upload of which nothing more comes is given up.",
    )
    upload_hours: float = Field(
        default=48.0,
        gt=0,
        le=8760,
        description="Hours for which the rest of an upload in parts is waited for after its last part.",
    )
    spare_bytes: int = Field(
        default=128 << 20,
        ge=0,
        le=1 << 50,
        description="Bytes of the disk of the data directory that no upload may take.",
    )
    hold_share: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description=(
            "The share of an office's records of a right that an uploaded feed may delete or end without "
            "being held."
        ),
    )
    hold_shares: str | None = Field(
        default=None,
        description=(
            "The same for an office, or for a right of an office, as SG=0.5,MY:trademark=1; 1 holds nothing."
        ),
    )
    hold_least: int = Field(
        default=5,
        ge=1,
        le=1_000_000_000,
        description="So many records have to be ended for a feed to be held.",
    )
    feed_workers: int = Field(
        default=1,
        ge=0,
        le=64,
        description="Processes that read uploaded feeds, in `serve` and in each `worker`.",
    )
    authority_bytes: int = Field(
        default=256 << 20,
        ge=1024,
        le=1 << 40,
        description="Bytes that a list of an office's numbers (ST.37) over HTTP may have.",
    )
    audit_days: int = Field(
        default=1100,
        ge=1,
        le=36_500,
        description="Days for which the audit log keeps an entry.",
    )
    console_hours: float = Field(
        default=8.0,
        gt=0,
        le=720,
        description="Hours after which who is signed in to an office's console signs in again.",
    )
    console_idle_minutes: float = Field(
        default=60.0,
        gt=1,
        le=43_200,
        description="Minutes without a page after which the same is asked for.",
    )
    sources_dir: Path | None = Field(
        default=None, description="Folder of tables (`*.toml`) of sources from which feeds are fetched."
    )
    sources: str = Field(
        default="",
        description="Sources of the offices' profiles that are turned on: names with commas between.",
    )
    sources_at_once: int = Field(
        default=2,
        ge=0,
        le=16,
        description="Sources that one worker asks at once, each of another host; 0: none.",
    )
    sources_agent: str = Field(
        default="",
        max_length=200,
        pattern=r"^[\x20-\x7e]*$",
        description=(
            "What sources are told of who asks (User-Agent), best with an address for questions; empty: "
            "ipregister and its version."
        ),
    )

    @field_validator("database_url")
    @classmethod
    def _speaks_postgres(cls, value: str | None) -> str | None:
        """The URL with the driver that is installed."""
        if value is None or value == "":
            return None
        scheme, mark, rest = value.partition("://")
        if not mark or scheme.partition("+")[0] not in ("postgres", "postgresql"):
            raise ValueError("must begin with postgresql://")
        return f"postgresql+psycopg://{rest}"

    @field_validator("search_url", "sources_dir", "snapshots_dir", mode="before")
    @classmethod
    def _blank_is_absent(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("hold_shares")
    @classmethod
    def _shares_are_shares(cls, value: str | None) -> str | None:
        _shares(value or "")
        return value

    def share(self, office: str, right: Right) -> float:
        """The share of its records of a right that an office may end without being asked."""
        shares = _shares(self.hold_shares or "")
        return shares.get(f"{office}:{right}", shares.get(office, self.hold_share))

    @cached_property
    def data(self) -> Path:
        """The data directory as an absolute path."""
        return self.data_dir.expanduser().absolute()

    @property
    def console_idle(self) -> dt.timedelta:
        """How long nothing may be seen of who is signed in."""
        return dt.timedelta(minutes=self.console_idle_minutes)

    @cached_property
    def snapshots_folder(self) -> Path:
        """The folder of snapshots as an absolute path."""
        given = self.snapshots_dir
        return self.data / "snapshots" if given is None else given.expanduser().absolute()

    @cached_property
    def offices(self) -> Path:
        """The folder of one's own profiles as an absolute path."""
        given = self.offices_dir
        return self.data / "offices" if given is None else given.expanduser().absolute()


def _shares(told: str) -> dict[str, float]:
    """By office, or office and right. Raises ValueError."""
    shares: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in told.split(","))):
        place, _, share = part.partition("=")
        office, _, right = place.partition(":")
        if not is_st3(office) or (right and right not in RIGHTS):
            raise ValueError(f"{place!r} is no office, nor an office and a right, such as SG or SG:trademark")
        try:
            shares[place] = float(share)
        except ValueError:
            shares[place] = -1.0
        if not 0 <= shares[place] <= 1:
            raise ValueError(f"the share of {place} must be a number from 0 to 1")
    return shares


def load_settings() -> Settings:
    """The settings of this process. Raises `SettingsError` with a sentence for each wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        sentences = [
            f"IPREGISTER_{'_'.join(map(str, problem['loc'])).upper()}: {problem['msg']} "
            f"(given: {problem['input']!r})"
            for problem in error.errors()
        ]
        raise SettingsError("; ".join(sentences)) from None
