"""Every page of the console put together."""

from fastapi import FastAPI

from app.pages.office import audit, coverage, feeds, keys, quality, report, signing

ROUTERS = tuple(part.router for part in (signing, keys, audit, coverage, quality, feeds, report))
"""Signing in and out comes first: `sign-out` is no code of an office."""


def install(app: FastAPI) -> None:
    """Serve the console."""
    for router in ROUTERS:
        app.include_router(router)
