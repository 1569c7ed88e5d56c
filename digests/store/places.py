"""Where in its chat a digest goes, in the database."""

from sqlalchemy import Connection, delete, select

from digests.model import Place
from digests.store.dialect import insert
from digests.store.tables import chat_threads

_HOME = ""


class Places:
    """The threads of chats that have them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def place(self, chat_id: int) -> Place:
        """Where the chat's digests go."""
        statement = select(chat_threads.c.slug, chat_threads.c.thread_id).where(chat_threads.c.chat_id == chat_id)
        threads = {row.slug: row.thread_id for row in self._connection.execute(statement)}
        home = threads.pop(_HOME, None)
        return Place(threads=threads, home=home)

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
