"""Every page of the console put together."""

from fastapi import FastAPI

from app.pages.office import audit, coverage, feeds, keys, quality, quarantine, report, signing

_PARTS = (signing, keys, audit, coverage, quality, quarantine, feeds, report)
ROUTERS = tuple(part.router for part in _PARTS)
"""Signing in and out comes first: `sign-out` is no code of an office."""


def install(app: FastAPI) -> None:
    """Serve the console."""
    for router in ROUTERS:
        app.include_router(router)
