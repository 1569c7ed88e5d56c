"""The environment, checked once and frozen; all its faults are told at once."""

import re
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from digests.gather.addresses import AddressPolicy

Language = Literal["en", "ru", "kk"]
LANGUAGES: tuple[str, ...] = get_args(Language)
"""Of the bot's own words: the catalogues in `bot/locales`."""

Summarizer = Literal["news", "lexrank", "lsa", "luhn", "reduction", "sumbasic", "textrank", "lead"]
SUMMARIZERS: tuple[str, ...] = get_args(Summarizer)
"""As `digests.summarize.engines` has them, which is too heavy to be asked."""

_SPAN = re.compile(r"\s*(\d+)\s*([smhd]?)\s*")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


class SettingsError(Exception):
    """The environment can't be used. faults: one line each, naming the variable."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def _listed(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _span(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = _SPAN.fullmatch(value)
    if not found:
        raise ValueError("write a number of seconds, or 90s, 15m, 2h, 1d")
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError("not an IANA time zone such as Asia/Almaty") from error
    return value


def _web_url(value: str) -> str:
    if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
        raise ValueError("not an http(s) address")
    return value.rstrip("/")


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    if value and not (host and port.isdigit() and int(port) < 65536):  # noqa: PLR2004
        raise ValueError("write host:port")
    return value


def usable_database(value: str) -> str:
    """As it is, where it is an address of a database that the product can use; raises ValueError for others."""
    if value and not re.match(r"sqlite://|postgres(ql(\+psycopg)?)?://", value):
        raise ValueError("write postgresql://user:password@host/name, or sqlite:////path/file")
    return value


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
Span = Annotated[timedelta, BeforeValidator(_span)]
WebUrl = Annotated[str, AfterValidator(_web_url)]
Listen = Annotated[str, AfterValidator(_listen)]


class Settings(BaseSettings):
    """Everything that the environment says, by the names of `.env.example` in lower case."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: WebUrl = "https://api.telegram.org"
    admin_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_listed)] = ()
    database_url: Annotated[str, AfterValidator(usable_database)] = ""
    data_dir: Path = Path("data")
    topics_file: Path | None = None
    default_tz: Annotated[str, AfterValidator(_zone)] = "UTC"
    default_lang: Language = "en"
    gather_interval: Span = timedelta(minutes=15)
    workers: Annotated[Literal["internal", "external"], Field(validate_default=True)] = "internal"
    keep_days: int = Field(default=30, ge=14, le=3650)
    fetch_allow_private: Listed = ()
    summarizer: Summarizer = "news"
    summary_sentences: int = Field(default=2, ge=1, le=5)
    embeddings: Literal["table", "encoder"] = "table"
    llm_base_url: WebUrl = ""
    llm_api_key: SecretStr = SecretStr("")
    llm_model: Annotated[str, Field(validate_default=True)] = ""
    llm_daily_tokens: int = Field(default=200_000, ge=1_000)
    llm_timeout: Span = timedelta(seconds=60)
    user_agent: str = ""
    paid_broadcast: bool = False
    webhook_url: WebUrl = ""
    webhook_listen: Listen = "127.0.0.1:8080"
    webhook_secret: SecretStr = SecretStr("")
    metrics_listen: Listen = ""
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("log_level", "log_format", "default_lang", "embeddings", "workers", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("gather_interval")
    @classmethod
    def _not_a_hammer(cls, value: timedelta) -> timedelta:
        if value < timedelta(seconds=1):
            raise ValueError("at least one second")
        return value

    @field_validator("workers")
    @classmethod
    def _have_a_queue(cls, value: str, others: ValidationInfo) -> str:
        if value == "external" and not others.data.get("database_url", "postgres").startswith("postgres"):
            raise ValueError("workers need PostgreSQL: set DATABASE_URL")
        if value == "external" and find_spec("procrastinate") is None:
            raise ValueError("workers need the extra [workers]: pip install 'news-digest-bot[workers]'")
        return value

    @field_validator("llm_base_url")
    @classmethod
    def _client_is_there(cls, value: str) -> str:
        if value and find_spec("openai") is None:
            raise ValueError("a language model needs the extra [llm]: pip install 'news-digest-bot[llm]'")
        return value

    @field_validator("llm_model")
    @classmethod
    def _model_is_named(cls, value: str, others: ValidationInfo) -> str:
        if others.data.get("llm_base_url") and not value:
            raise ValueError("name the model that LLM_BASE_URL is to be asked for")
        return value

    @field_validator("llm_timeout")
    @classmethod
    def _not_for_ever(cls, value: timedelta) -> timedelta:
        if not timedelta(seconds=1) <= value <= timedelta(minutes=10):
            raise ValueError("between 1s and 10m")
        return value

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not re.fullmatch(r"\d+:[\w-]{3,}", value.get_secret_value()):
            raise ValueError("a token looks like 123456:ABC-DEF; @BotFather gives one")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[\w-]{0,256}", value.get_secret_value(), re.ASCII):
            raise ValueError("at most 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("metrics_listen")
    @classmethod
    def _apart(cls, value: str, others: ValidationInfo) -> str:
        if value and others.data.get("webhook_url") and value == others.data.get("webhook_listen"):
            raise ValueError("another address than WEBHOOK_LISTEN, which is public")
        return value

    @field_validator("fetch_allow_private")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        AddressPolicy(value)
        return value

    @property
    def database(self) -> str:
        """The address of the database, as SQLAlchemy writes it."""
        return self.database_url or f"sqlite:///{self.data_dir / 'newsdigest.sqlite3'}"


_PLAINER = {"int_parsing": "write whole numbers, separated by commas"}


def load(**overrides: object) -> Settings:
    """The settings of this process. overrides: values that go before the environment's.

    Raises:
        SettingsError: with a line for every fault.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = [
            f"{str(one['loc'][0]).upper()}: {_PLAINER.get(one['type']) or one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()
        ]
        raise SettingsError(faults) from error
