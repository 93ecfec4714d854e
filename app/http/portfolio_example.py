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
LANDSCAPE_EXAMPLE = {
    "total": {"value": 1200, "relation": "eq"},
    "isRanked": False,
    "byRight": {"trademark": 1200},
    "concentration": {"hhi": 412.5, "hhiWithin": 0.0, "top": {"1": 0.08, "5": 0.31, "10": 0.44}},
    "figures": {
        "trend": {
            "title": "Growth from year to year",
            "columns": [
                {"name": "year", "title": "Year", "kind": "label"},
                {"name": "filed", "title": "Filed", "kind": "count"},
                {"name": "growth", "title": "Growth on the year before", "kind": "share"},
            ],
            "rows": [
                {"year": 2024, "filed": 100, "growth": 0.25},
                {"year": 2025, "filed": 120, "growth": 0.2},
            ],
            "csv": "/v1/landscape?niceClasses=30&offices=SG&figure=trend&format=csv",
        }
    },
    "search": "/v1/rights?niceClasses=30&offices=SG",
    "page": "/landscape?niceClasses=30&offices=SG",
    "asOf": {"SG": "2026-06-30T02:00:00+00:00"},
}
COMPARISON_EXAMPLE = {
    "applicants": [EXAMPLE["applicant"]],
    "asOn": "2026-06-30",
    "figures": {
        "status": {
            "title": "Status",
            "columns": [
                {"name": "status", "title": "Status", "kind": "label"},
                {"name": "ap-4k2v7q1mzw8xa", "title": "Solvanta International GmbH", "kind": "series"},
            ],
            "rows": [{"status": "registered", "ap-4k2v7q1mzw8xa": 9}],
            "csv": "/v1/applicants/compare?ids=ap-4k2v7q1mzw8xa&figure=status&format=csv",
        }
    },
    "page": "/applicants/compare?ids=ap-4k2v7q1mzw8xa",
    "asOf": {"SG": "2026-06-30T02:00:00+00:00"},
}
