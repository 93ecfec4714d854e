"""An answer about a portfolio, for the OpenAPI file."""

EXAMPLE = {
    "applicant": {
        "id": "ap-4k2v7q1mzw8xa",
        "name": "Solvanta International GmbH",
        "names": ["Solvanta International GmbH"],
        "countries": ["DE"],
        "records": 12,
        "byRight": {"trademark": 12},
        "byOffice": {"TH": 4, "SG": 8},
    },
    "asOn": "2026-06-30",
    "since": "2025-06-30",
    "until": "2031-06-30",
    "records": 12,
    "inForce": 9,
    "unsure": 1,
    "byRight": {"trademark": 12},
    "figures": {
        "offices": {
            "title": "Offices",
            "columns": [
                {"name": "office", "title": "Office", "kind": "label"},
                {"name": "name", "title": "Name", "kind": "label"},
                {"name": "trademark", "title": "Trademark", "kind": "part"},
                {"name": "total", "title": "Total", "kind": "count"},
            ],
            "rows": [
                {"office": "SG", "name": "Singapore", "trademark": 8, "total": 8},
                {"office": "TH", "name": "Thailand", "trademark": 4, "total": 4},
            ],
            "csv": "/v1/applicants/ap-4k2v7q1mzw8xa/portfolio?figure=offices&format=csv",
        }
    },
    "search": "/v1/rights?applicants=ap-4k2v7q1mzw8xa",
    "page": "/applicants/ap-4k2v7q1mzw8xa",
    "asOf": {"TH": "2026-06-30T02:00:00+00:00"},
}
