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
        "report": "/v1/feeds/12/report",
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
            "id": 901,
            "feed": 12,
            "position": {"file": "marks-2026-07-01.xml", "record": 318, "line": 9540, "offset": 301877},
            "code": "bad-date",
            "reason": "the filing date '2024-13-45' is no date",
            "mend": "give it as 2024-01-31",
            "source": "<TradeMark>…</TradeMark>",
        }
    ]
}
FILES = {"results": [{"name": "marks-2026-07-01.xml", "format": "st66", "counts": FEED["counts"]}]}
QUALITY_OF_RIGHT = {
    "right": "trademark",
    "statements": 49997,
    "records": 49995,
    "refused": 3,
    "acceptedShare": 0.9999,
    "score": 97.4,
    "formula": 1,
    "fields": [
        {
            "field": "status",
            "filled": 49870,
            "filledShare": 0.9975,
            "doubtful": 125,
            "validShare": 0.9975,
            "weight": 4,
            "every": True,
        }
    ],
}
CHANGES = {
    "results": [
        {
            "id": "sg-tm-40202001321q",
            "right": "trademark",
            "kind": "updated",
            "title": "LUMORA",
            "position": {"file": "marks-2026-07-01.xml", "record": 12, "line": 380, "offset": 11020},
            "statusBefore": "pending",
            "statusAfter": "registered",
            "fields": [
                {
                    "field": "status",
                    "before": {"plain": "pending", "office": "Pending"},
                    "after": {"plain": "registered", "office": "Registered"},
                }
            ],
        }
    ]
}
REPORT = {
    "feed": {**FEED, "dryRun": True},
    "wouldBeHeld": False,
    "changes": [
        {
            "right": "trademark",
            "created": 49000,
            "updated": 898,
            "returned": 2,
            "deleted": 2,
            "fields": [
                {
                    "field": "status",
                    "count": 610,
                    "examples": [
                        {
                            "id": "sg-tm-40202001321q",
                            "before": {"plain": "pending", "office": "Pending"},
                            "after": {"plain": "registered", "office": "Registered"},
                        }
                    ],
                }
            ],
            "statusChanges": [
                {
                    "from": "pending",
                    "to": "registered",
                    "count": 590,
                    "records": "/v1/feeds/12/changes?right=trademark&statusFrom=pending&statusTo=registered",
                }
            ],
            "records": "/v1/feeds/12/changes?right=trademark",
        }
    ],
    "problems": [
        {
            "code": "impossible-date",
            "count": 3,
            "reason": "filingDate is '2024-13-45': there is no month 13",
            "mend": "give the day as YYYY-MM-DD, or leave it out",
        }
    ],
    "quality": [
        {
            "quality": QUALITY_OF_RIGHT,
            "feedBefore": 11,
            "recordsBefore": 48120,
            "scoreBefore": 99.1,
            "scoreChange": -1.7,
            "fields": [
                {
                    "field": "status",
                    "filledShareBefore": 1.0,
                    "filledChange": -0.0025,
                    "validShareBefore": 1.0,
                    "validChange": -0.0025,
                    "unreadValues": 1,
                    "unreadValuesBefore": 0,
                }
            ],
            "warnings": [
                {
                    "code": "new-values",
                    "field": "status",
                    "reason": "values of status that were not understood and are new: 'Lapsed (s. 12)' (125)",
                    "mend": "add them to the office's table, or correct them",
                }
            ],
        }
    ],
    "links": {
        "changes": "/v1/feeds/12/changes",
        "errors": "/v1/feeds/12/errors",
        "csv": "/v1/feeds/12/report?format=csv",
        "page": "/office/SG/feeds/12/report",
    },
}
ERROR = {**ERRORS["results"][0], "correctedAt": "2026-07-01T09:12:40.000+00:00"}
CORRECTED = {**ERROR, "record": ERROR["source"], "corrected": "<TradeMark>…</TradeMark>"}
REPLAY = {**QUEUED, "id": 14, "name": "replay of feed 12", "size": 0, "task": "replay", "replays": 12}
