"""Files that come along with records in a delivery, kept in the data directory by the hash of their bytes."""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

from ingest.opening import BoundedStream
from register.store.media import StoredMedia

# A film of a mark has some tens of megabytes.
_LARGEST = 512 << 20
_CHUNK_BYTES = 1 << 20
_TYPES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"%PDF", "application/pdf"),
)


class MediaFiles:
    """The folder of media. A file there never changes: its name says what is in it."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "media"

    def path(self, name: str) -> Path:
        """Where the file with this hash is."""
        return self._folder / name[:2] / name[2:]

    def thumbnail(self, name: str) -> Path:
        """Where the small picture of it is, once it was made."""
        return self._folder / "thumbnails" / name[:2] / f"{name[2:]}.webp"

    def put(self, stream: BoundedStream) -> StoredMedia | None:
        """Keep what is left of a stream. None for one of no kind that is kept, broken, or too large."""
        kind = media_type(stream.peek(32))
        if kind is None:
            return None
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{secrets.token_hex(12)}.part"
        digest, size = hashlib.sha256(), 0
        try:
            with part.open("xb") as out:
                while chunk := stream.read(_CHUNK_BYTES):
                    size += len(chunk)
                    if size > _LARGEST:
                        return None
                    digest.update(chunk)
                    out.write(chunk)
                if stream.damage is not None or size == 0:
                    return None
                out.flush()
                os.fsync(out.fileno())
            name = digest.hexdigest()
            self.path(name).parent.mkdir(parents=True, exist_ok=True)
            part.replace(self.path(name))
            return StoredMedia(name, kind, size)
        finally:
            with contextlib.suppress(FileNotFoundError):
                part.unlink()


def media_type(head: bytes) -> str | None:
    """The kind of a file by its first bytes, as a media type; None for what is not kept. Names are not
    trusted.
    """
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return "audio/mp4" if head[8:11] == b"M4A" else "video/mp4"
    return next((kind for signature, kind in _TYPES if head.startswith(signature)), None)
