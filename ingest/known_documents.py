"""Documents of the offices that are no register records, by their root element or a member of their JSON.

Each entry says what the document is, and where it helps, what of it would be taken.
"""

from ingest.formats.registry import Head

# root element, an element that must stand in the head as well (or ""), what it is
_ROOTS = (
    (
        "ftm-package-index",
        "",
        "the index of an EPO full-text delivery; the documents in its archives are taken",
    ),
    (
        "content",
        "file",
        "the table of contents of an EPO full-text delivery; the documents beside it are taken",
    ),
    (
        "PatentHitList",
        "",
        "a hit list of the DPMA's patent search, a part of each record; its ST.36 data are taken",
    ),
    (
        "response",
        "lst",
        "a search reply (Solr), such as the USPTO's assignment search gives; assignments are no records",
    ),
    ("us-patent-assignments", "", "assignments recorded at the USPTO, which are no register records"),
    ("trademark-assignments", "", "assignments recorded at the USPTO, which are no register records"),
    (
        "ttab-proceedings",
        "",
        "proceedings before the USPTO's Trademark Trial and Appeal Board, no register records",
    ),
    ("DocumentList", "DocumentTypeCode", "a list of the documents in a trademark's file at the USPTO"),
    ("fulltext-documents", "", "full texts without bibliographic data"),
)
_MEMBERS = (
    ("DeliveryID", "the list of the files of an EPO bulk delivery; the files themselves are taken"),
    ("openapi", "the description of an interface (OpenAPI), no reply of it"),
    ("swagger", "the description of an interface (OpenAPI), no reply of it"),
)


def known_document(head: Head) -> str | None:
    """What the file is, where it is one of these."""
    if head.kind == "xml":
        found = (
            words
            for root, beside, words in _ROOTS
            if head.root == root and (not beside or beside in head.tag_set)
        )
        return next(found, None)
    return (
        next((words for member, words in _MEMBERS if member in head.keys), None)
        if head.kind == "json"
        else None
    )


def is_description(head: Head) -> bool:
    """Whether it describes the interface of an office: it has the names of every reply, and no reply."""
    return head.kind == "json" and "paths" in head.keys and bool(head.keys & {"openapi", "swagger"})
