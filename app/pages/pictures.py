"""Results with small pictures of their marks and designs, where those came with a delivery."""

from collections.abc import Sequence

from app.http.media import thumbnail_href
from app.http.service import Service
from app.pages.results_view import ShownHit, shown_hit
from register.store.media import Wanted, media_of
from search.service import Hit
from search.short import decode_short


def shown_hits(service: Service, hits: Sequence[Hit]) -> list[ShownHit]:
    """The results of a page in its words."""
    shorts = [decode_short(hit.short) for hit in hits]
    wanted = {short.id: Wanted(short.office, 0, "", short.media) for short in shorts if short.media}
    pictures: dict[str, str] = {}
    if wanted:
        found = service.database.read(lambda connection: media_of(connection, list(wanted.values())))
        for identity, stored in zip(wanted, found, strict=True):
            pictures[identity] = (thumbnail_href(stored) or "") if stored is not None else ""
    return [shown_hit(hit, pictures.get(short.id, "")) for hit, short in zip(hits, shorts, strict=True)]
