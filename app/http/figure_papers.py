"""Portfolios, landscapes and comparisons as PDF."""

from collections.abc import Sequence

from starlette.responses import Response

from app.figures.pdf import Paper, pdf_of
from app.http.service import Service
from search.portfolio.figure import Figure


def pdf_response(
    service: Service,
    name: str,
    title: str,
    subtitle: str,
    facts: Sequence[tuple[str, str]],
    figures: Sequence[Figure],
) -> Response:
    """The figures as a document with this name, without its ending."""
    paper = Paper(
        title=title,
        subtitle=subtitle,
        facts=facts,
        figures=figures,
        as_of=service.as_of(),
        synthetic=service.is_synthetic(),
    )
    return Response(
        pdf_of(paper),
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
