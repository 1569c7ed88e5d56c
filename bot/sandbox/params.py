"""Parameters of a call, however they were sent: query, JSON, urlencoded or multipart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import ApiError, BadRequestError

_TEXTS = frozenset({"text", "caption", "description", "short_description", "name"})


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body."""

    name: str
    mime_type: str
    data: bytes = field(repr=False)


class Params:
    """Reads parameters as the Bot API server does: leniently about types, since forms know only strings."""

    def __init__(self, values: Mapping[str, object], files: Mapping[str, Upload] | None = None) -> None:
        self._values = values
        self._files = files or {}

    def has(self, name: str) -> bool:
        """Whether it was sent at all, as a value or as a file."""
        return name in self._values or name in self._files

    def string(self, name: str) -> str:
        """The parameter as text; empty where it is absent or null."""
        value = self._values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """The parameter as a number; the default where it is absent or none."""
        try:
            return int(self.string(name))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """Whether it is true, in the ways the Bot API spells that."""
        return self.string(name).strip().lower() in {"true", "1", "yes", "t", "y"}

    def json(self, name: str) -> object:
        """The parameter as JSON, decoded where it came as a string; None where it is absent or empty.

        Raises:
            BadRequestError: the string is no JSON.
        """
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            decoded: object = json.loads(value)
        except ValueError as error:
            raise BadRequestError(f"can't parse {name.replace('_', ' ')} JSON object") from error
        return decoded

    def upload(self, name: str) -> Upload | None:
        """The file sent under that name, or that `attach://` names."""
        reference = self.string(name)
        return self._files.get(reference.removeprefix("attach://") if reference.startswith("attach://") else name)

    def readable(self) -> dict[str, object]:
        """All parameters for the journal: JSON decoded, files by their names."""
        result: dict[str, object] = {name: upload.name for name, upload in self._files.items()}
        for name, value in self._values.items():
            result[name] = value
            if isinstance(value, str) and value[:1] in {"{", "["} and name not in _TEXTS:
                try:
                    result[name] = json.loads(value)
                except ValueError:
                    continue  # it stays as it was sent, and the method itself will refuse it
        return result


async def read_params(request: web.Request) -> Params:
    """The parameters of an HTTP request; those of the body win over the query's.

    Raises:
        ApiError: the body is too large, or is not what its content type promises.
    """
    values: dict[str, object] = dict(request.query)
    files: dict[str, Upload] = {}
    try:
        if request.content_type == "application/json":
            body = json.loads(await request.text() or "{}")
            if not isinstance(body, dict):
                raise BadRequestError("can't parse JSON object")
            values |= body
        elif request.content_type == "multipart/form-data":
            await _read_multipart(request, values, files)
        elif request.content_type == "application/x-www-form-urlencoded":
            values |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError(413, "Request Entity Too Large") from error
    except ValueError as error:
        raise BadRequestError("can't parse the request body") from error
    return Params(values, files)


async def _read_multipart(request: web.Request, values: dict[str, object], files: dict[str, Upload]) -> None:
    reader = await request.multipart()
    while True:
        part = await reader.next()
        if part is None:
            return
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise BadRequestError("can't parse the request body")
        if part.filename is None:
            values[part.name] = await part.text()
        else:
            mime_type = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(part.filename, mime_type, bytes(await part.read()))
