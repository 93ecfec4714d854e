"""A page as a reader without scripts sees it."""

from html.parser import HTMLParser


class Seen(HTMLParser):
    """The words of a page, and its links by their words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._words: list[str] = []
        self._link: tuple[str, list[str]] | None = None
        self.links: list[tuple[str, str]] = []
        self.feed(page)
        self.words = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link = dict(attrs).get("href") or "", []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self.links.append((" ".join(" ".join(self._link[1]).split()), self._link[0]))
            self._link = None

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._link is not None:
            self._link[1].append(data)

    def link(self, words: str) -> str:
        """The address of the first link with these words in its name."""
        return next(href for name, href in self.links if words in name)
