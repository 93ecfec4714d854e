"""Every page of the console put together."""

from fastapi import FastAPI

from app.pages.office import audit, coverage, feeds, keys, quality, report, signing


def install(app: FastAPI) -> None:
    """Serve the console. Signing in and out comes first: `sign-out` is no code of an office."""
    for part in (signing, keys, audit, coverage, quality, feeds, report):
        app.include_router(part.router)
