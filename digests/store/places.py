"""Groups and channels that the bot is in, and where in its chat a digest goes, in the database."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from digests.model import KnownChat, Place
from digests.store.dialect import insert
from digests.store.tables import chat_threads, known_chats

_HOME = ""


class Places:
    """The groups and channels, and the threads of those that have them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def place(self, chat_id: int) -> Place:
        """Where the chat's digests go."""
        statement = select(chat_threads.c.slug, chat_threads.c.thread_id).where(chat_threads.c.chat_id == chat_id)
        threads = {row.slug: row.thread_id for row in self._connection.execute(statement)}
        home = threads.pop(_HOME, None)
        known = self.known(chat_id)
        return Place(threads=threads, home=home, is_channel=known is not None and known.is_channel)

    def known(self, chat_id: int) -> KnownChat | None:
        """That group or channel; None for one that the bot is not in, as far as it was told."""
        row = self._connection.execute(select(known_chats).where(known_chats.c.chat_id == chat_id)).first()
        return None if row is None else _known(row)

    def all(self) -> tuple[KnownChat, ...]:
        """All groups and channels by their titles."""
        rows = self._connection.execute(select(known_chats).order_by(known_chats.c.title, known_chats.c.chat_id))
        return tuple(map(_known, rows))

    def note(self, chat: KnownChat) -> None:
        """Add the chat, or store all that is known of it now."""
        values = {
            "title": chat.title,
            "is_channel": chat.is_channel,
            "keeper_id": chat.keeper_id,
            "admin_ids": sorted(chat.admin_ids),
            "checked_at": chat.checked_at,
        }
        statement = insert(self._connection, known_chats).values(chat_id=chat.chat_id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))

    def forget(self, chat_id: int) -> None:
        """The bot is no longer in the chat."""
        self._connection.execute(delete(known_chats).where(known_chats.c.chat_id == chat_id))

    def forget_person(self, user_id: int) -> None:
        """Nobody is known any longer as that person to be an admin anywhere, or to have let the bot in."""
        for chat in self.all():
            if user_id in {*chat.admin_ids, chat.keeper_id}:
                keeper = 0 if chat.keeper_id == user_id else chat.keeper_id
                self.note(replace(chat, admin_ids=chat.admin_ids - {user_id}, keeper_id=keeper))

    def move(self, chat_id: int, new_chat_id: int) -> None:
        """The chat has another number now; what was noted of it under that already gives way to the newer."""
        if chat_id == new_chat_id or self.known(chat_id) is None:
            return
        self.forget(new_chat_id)
        statement = update(known_chats).where(known_chats.c.chat_id == chat_id)
        self._connection.execute(statement.values(chat_id=new_chat_id))

    def set_thread(self, chat_id: int, slug: str | None, thread: int | None) -> None:
        """Let that topic, or everything else for None, go into that thread, or into none of its own.

        The chat is a subscriber's.
        """
        name = _HOME if slug is None else slug
        which = (chat_threads.c.chat_id == chat_id) & (chat_threads.c.slug == name)
        self._connection.execute(delete(chat_threads).where(which))
        if thread is not None:
            row = {"chat_id": chat_id, "slug": name, "thread_id": thread}
            self._connection.execute(insert(self._connection, chat_threads).values(row))

    def forget_thread(self, chat_id: int, thread: int) -> None:
        """Nothing goes into that thread any longer."""
        which = (chat_threads.c.chat_id == chat_id) & (chat_threads.c.thread_id == thread)
        self._connection.execute(delete(chat_threads).where(which))

    def forget_threads(self, chat_id: int) -> None:
        """No topic of the chat has a thread any longer."""
        which = (chat_threads.c.chat_id == chat_id) & (chat_threads.c.slug != _HOME)
        self._connection.execute(delete(chat_threads).where(which))


def _known(row: Row[Any]) -> KnownChat:
    return KnownChat(
        chat_id=row.chat_id,
        title=row.title,
        is_channel=row.is_channel,
        keeper_id=row.keeper_id,
        admin_ids=frozenset(row.admin_ids),
        checked_at=row.checked_at,
    )
