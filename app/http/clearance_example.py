"""Examples for the documentation of clearance; every company in them is invented."""

EXAMPLE_REPORT = {
    "asked": {"name": "Solvanta", "niceClasses": [30], "territories": ["TH"], "limit": 100},
    "understood": {"normalForm": "solvanta", "scripts": ["Latn"], "relatedClasses": [1, 5, 29, 31, 32]},
    "madeAt": "2026-06-30T02:00:00Z",
    "grade": "high",
    "by": "territories",
    "places": [
        {
            "code": "TH",
            "name": "Thailand",
            "grade": "high",
            "asOf": "2026-06-30T02:00:00Z",
            "heldBy": ["TH"],
            "classes": [
                {
                    "niceClass": 30,
                    "grade": "high",
                    "rule": "very alike, same goods, in force",
                    "conflicts": [1],
                    "count": 1,
                }
            ],
        }
    ],
    "conflicts": [
        {
            "number": 1,
            "id": "th-tm-190123456",
            "version": 1,
            "mark": "โซลวันตา",
            "texts": [{"text": "โซลวันตา", "language": "th"}],
            "office": "TH",
            "officeName": "Thailand",
            "territories": ["TH"],
            "applicationNumber": "190123456",
            "niceClasses": [30],
            "owners": [
                {"name": "Solvanta International GmbH", "country": "DE", "applicant": "ap-4k2v7q1mzw8xa"}
            ],
            "filingDate": "2019-05-02",
            "standing": {
                "state": "in-force",
                "plain": "registered",
                "office": "จดทะเบียน",
                "until": "2029-05-01",
                "basis": "registered, as delivered on 2026-06-30",
            },
            "score": 0.94,
            "why": [{"rule": "sound across scripts", "asked": "solvanta", "held": "โซลวันตา", "points": 0.94}],
            "goods": {
                "relation": "same",
                "points": 0.8,
                "why": [{"rule": "same class", "asked": "class 30", "held": "class 30", "points": 0.8}],
            },
            "grade": "high",
            "rule": "very alike, same goods, in force",
            "grades": {"30": "high"},
        }
    ],
    "lookedAt": 1,
    "searches": [{"what": "every mark that is alike", "found": 1, "relation": "eq"}],
    "cut": False,
    "held": [{"office": "TH", "name": "Thailand", "records": 330, "asOf": "2026-06-30T02:00:00Z"}],
    "missing": [
        {
            "code": "madrid-not-held",
            "text": "International registrations (Madrid) are held as far as offices deliver them.",
        }
    ],
    "reading": {"versions": {"likeness": "1", "goods": "1", "grades": "1"}},
    "noAdvice": "This report is a search result with reasons, made by rules. It is no legal advice.",
}
EXAMPLE_PAGE = {"reports": [EXAMPLE_REPORT]}
EXAMPLE_JOB = {
    "id": "cl-0123456789abcdef01234567",
    "state": "running",
    "progress": {"done": 1, "names": 12},
    "results": [
        {
            "number": 1,
            "name": "Lumora",
            "grade": "high",
            "conflicts": 3,
            "report": "/v1/clearance/cl-0123456789abcdef01234567/reports/1",
        }
    ],
    "createdAt": "2026-06-30T02:00:00+00:00",
    "expiresAt": "2026-07-07T02:00:00+00:00",
}
EXAMPLE_QUESTION = {
    "names": ["Lumora", "ลูโมรา"],
    "niceClasses": [9, 42],
    "goods": ["computer software; cameras"],
    "territories": ["SG", "TH", "KR"],
    "limit": 50,
}
