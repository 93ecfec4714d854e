"""What the answers about feeds look like."""

from typing import Any

FEED: dict[str, Any] = {
    "id": 12,
    "office": "SG",
    "name": "marks-2026-07-01.xml.gz",
    "size": 48211034,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "format": "st66",
    "dryRun": False,
    "state": "done",
    "counts": {
        "read": 50000,
        "created": 49000,
        "updated": 900,
        "unchanged": 95,
        "deleted": 2,
        "quarantined": 3,
    },
    "progress": 1.0,
    "receivedAt": "2026-07-01T08:30:00.000+00:00",
    "startedAt": "2026-07-01T08:30:00.412+00:00",
    "finishedAt": "2026-07-01T08:30:19.020+00:00",
    "links": {
        "errors": "/v1/feeds/12/errors",
        "files": "/v1/feeds/12/files",
        "events": "/v1/feeds/12/events",
    },
}
QUEUED = {
    **FEED,
    "state": "queued",
    "progress": 0.0,
    "counts": dict.fromkeys(FEED["counts"], 0),
    "startedAt": None,
    "finishedAt": None,
}
ERRORS = {
    "results": [
        {
            "position": {"file": "marks-2026-07-01.xml", "record": 318, "line": 9540, "offset": 301877},
            "code": "bad-date",
            "reason": "the filing date '2024-13-45' is no date",
            "mend": "give it as 2024-01-31",
            "source": "<TradeMark>…</TradeMark>",
        }
    ]
}
FILES = {"results": [{"name": "marks-2026-07-01.xml", "format": "st66", "counts": FEED["counts"]}]}
