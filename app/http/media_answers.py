"""What the API says of the files that records name."""

from register.model import Part


class MediaAnswer(Part, frozen=True, kw_only=True):
    """A file that a record names. `href` is where it is: here, where it came with a delivery, or at the
    office.
    """

    file: str
    kind: str
    caption: str | None = None
    type: str | None = None
    size: int | None = None
    href: str | None = None
    thumbnail: str | None = None


class MediaPage(Part, frozen=True):
    """The files that a record names, in its order."""

    results: list[MediaAnswer]
