"""A file sent by a browser's form (multipart/form-data), put on the disk as it comes.

The fields that stand before the file are looked at before a byte of it is kept.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from anyio import to_thread
from fastapi import Request
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError, MultipartParseError
from python_multipart.multipart import parse_options_header
from starlette.requests import ClientDisconnect

from app.feeds.spool import NoSpaceError, Spool, Spooled, SpoolWriter
from app.http.problems import Problem, bad_parameter
from app.http.spooling import WRITING, cut_off, gathered, no_space, require_length, too_large
from app.settings import Settings

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_MEDIA_TYPE: Final = b"multipart/form-data"
_LONGEST_FIELDS: Final = 64 << 10


class SentForm(NamedTuple):
    """The fields of a form, the name of its file as the browser tells it, and where it lies."""

    fields: Mapping[str, str]
    name: str
    file: Spooled


class FormReader:
    """Takes a form piece by piece, and gives the bytes of its file. Raises `Problem` (400, 415)."""

    def __init__(self, content_type: str) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != _MEDIA_TYPE or not boundary:
            mend = "send the form of the page"
            raise Problem(415, "unsupported-media-type", "the body is no form with a file", mend=mend)
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._begin,
            "on_header_begin": self._header_begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._whole,
        }
        try:
            self._parser = MultipartParser(boundary, callbacks)
        except FormParserError:
            raise _unreadable() from None
        self.fields: dict[str, str] = {}
        self.file_name: str | None = None
        # What stood before the file.
        self.before_file: dict[str, str] = {}
        self.is_whole = False
        self._headers: dict[bytes, bytes] = {}
        self._header = (b"", b"")
        self._field: str | None = None
        self._value = bytearray()
        self._of_fields = 0
        self._file: list[bytes] = []
        self._in_file = False

    def read(self, piece: bytes) -> list[bytes]:
        """The bytes of the file that are in the piece."""
        self._file = []
        try:
            self._parser.write(piece)
        except (MultipartParseError, FormParserError):
            raise _unreadable() from None
        return self._file

    def _begin(self) -> None:
        self._headers, self._field, self._in_file = {}, None, False
        self._value.clear()

    def _header_begin(self) -> None:
        self._header = (b"", b"")

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0] + data[start:end], self._header[1])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0], self._header[1] + data[start:end])

    def _header_end(self) -> None:
        name, value = self._header
        self._headers[name.lower()] = value

    def _headers_end(self) -> None:
        _, told = parse_options_header(self._headers.get(b"content-disposition", b""))
        if b"filename" in told:
            if self.file_name is not None:
                raise bad_parameter("file", "there are several files", "send one at a time, or one archive")
            self.file_name = told[b"filename"].decode("utf-8", "replace")
            self.before_file = dict(self.fields)
            self._in_file = True
        else:
            self._field = told.get(b"name", b"").decode("utf-8", "replace")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._file.append(data[start:end])
            return
        self._of_fields += end - start
        if self._of_fields > _LONGEST_FIELDS:
            raise Problem(413, "body-too-large", "the fields of the form are too long", mend="send less")
        self._value += data[start:end]

    def _end(self) -> None:
        if self._field is not None:
            self.fields[self._field] = self._value.decode("utf-8", "replace")

    def _whole(self) -> None:
        self.is_whole = True


async def spool_form(
    request: Request, spool: Spool, settings: Settings, admit: Callable[[Mapping[str, str]], None]
) -> SentForm:
    """Put the file of a form on the disk. `admit` is given the fields before the file, and raises `Problem`
    where it is not to be taken.

    A file of more than `settings.upload_bytes` is not taken.

    Raises `Problem`: 400 where there is no file, it is empty, or the form is cut off; 408, 413, 415, 507.
    Whatever is raised, nothing is left on the disk.
    """
    reader = FormReader(request.headers.get("content-type", ""))
    require_length(request, spool, settings)
    try:
        begun = await to_thread.run_sync(spool.begin, limiter=WRITING)
    except NoSpaceError:
        raise no_space() from None
    with begun as writer:
        await _write(reader, writer, request, settings, admit)
        if reader.file_name is None:
            admit(reader.fields)
        if not reader.is_whole:
            raise cut_off(writer.size)
        if not reader.file_name or writer.size == 0:
            raise bad_parameter(
                "file", "there is no file, or it is empty", "choose a file that holds records"
            )
        try:
            kept = await to_thread.run_sync(writer.keep, limiter=WRITING)
        except NoSpaceError:
            raise no_space() from None
    return SentForm(reader.fields, reader.file_name, kept)


async def _write(
    reader: FormReader,
    writer: SpoolWriter,
    request: Request,
    settings: Settings,
    admit: Callable[[Mapping[str, str]], None],
) -> None:
    is_admitted = False
    try:
        async for pieces in gathered(request, settings):
            for piece in pieces:
                data = reader.read(piece)
                if reader.file_name is not None and not is_admitted:
                    admit(reader.before_file)
                    is_admitted = True
                if writer.size + sum(map(len, data)) > settings.upload_bytes:
                    raise too_large(settings)
                if data:
                    await to_thread.run_sync(writer.write, data, limiter=WRITING)
    except NoSpaceError:
        raise no_space() from None
    except ClientDisconnect:
        raise cut_off(writer.size) from None


def _unreadable() -> Problem:
    return Problem(400, "invalid-request", "the form cannot be read", mend="send the form of the page again")
