"""Values of the sandbox: users, texts with entities, buttons, files, messages. Knows nothing of HTTP or of chats.

Offsets and lengths of entities are in UTF-16 code units, instants are aware datetimes in UTC, as in the rest of the
sandbox.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.rendering import Entity, to_html

JsonObject = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class User:
    """A person or the bot, as `User` of the Bot API.

    language_code: IETF tag of the person's app; None where the app does not tell.
    """

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None


@dataclass(frozen=True)
class Text:
    """A text as Telegram keeps it: without markup, trimmed, with its entities sorted by offset, outer ones first."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Button:
    """One inline button.

    kind: the Bot API field that says what a press does, such as `callback_data` or `url`.
    value: what that field holds; for `web_app` and `copy_text` the only string inside.
    """

    text: str
    kind: str
    value: str

    @property
    def data(self) -> str | None:
        """The callback data; None for a button that sends none."""
        return self.value if self.kind == "callback_data" else None

    @property
    def url(self) -> str | None:
        """The address the button opens; None for a button that opens none."""
        return self.value if self.kind == "url" else None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file that somebody sent. size: in bytes."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.data)

    @property
    def path(self) -> str:
        """What getFile answers as file_path."""
        return f"files/{self.unique_id}/{self.name}"


@dataclass(frozen=True, kw_only=True)
class Media:
    """What a message carries besides text. width, height: pixels of a photo, 0 for a document."""

    kind: str
    file: StoredFile
    width: int = 0
    height: int = 0


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message as it stands in a chat now.

    sender: None for posts of a channel.
    body: the text, or the caption where there is media.
    keyboard: rows of inline buttons; empty when there is none.
    origin: where a forwarded message came from, in the Bot API's `MessageOrigin` shape.
    service: the fields of a service message, such as `new_chat_members`; empty for ordinary ones.
    extra: other Bot API fields that the message was sent with (`link_preview_options`, ...).
    """

    id: int
    chat_id: int
    sent_at: datetime
    sender: User | None = None
    body: Text = Text()
    keyboard: Keyboard = ()
    media: Media | None = None
    edited_at: datetime | None = None
    origin: Mapping[str, object] = field(default_factory=dict)
    reply_to: int | None = None
    service: Mapping[str, object] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text or the caption, without markup."""
        return self.body.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Entities of the text or the caption."""
        return self.body.entities

    @property
    def html(self) -> str:
        """The text with its entities written as Telegram HTML."""
        return to_html(self.body.text, self.body.entities)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All inline buttons, row by row."""
        return tuple(button for row in self.keyboard for button in row)

    @property
    def from_bot(self) -> bool:
        """Whether the bot sent it."""
        return self.sender is not None and self.sender.is_bot
