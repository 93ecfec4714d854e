"""How many requests one address may make in a minute; loopback is not counted unless the settings say so."""

import ipaddress
import time
from collections import OrderedDict

from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.problems import Problem, problem_response

_REMEMBERED_ADDRESSES = 50_000
_MINUTE = 60.0


class RequestLimit:
    """A bucket for each address that fills evenly: `per_minute` requests at once, then one each
    60/`per_minute` seconds.
    """

    def __init__(self, app: ASGIApp, per_minute: int, count_loopback: bool) -> None:
        self._app = app
        self._per_minute = per_minute
        self._count_loopback = count_loopback
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = self._wait(scope) if scope["type"] == "http" else 0.0
        if wait <= 0:
            await self._app(scope, receive, send)
            return
        seconds = max(1, round(wait))
        problem = Problem(
            429,
            "too-many-requests",
            f"more than {self._per_minute} requests in a minute",
            mend=f"go on in {seconds} s",
            headers={"Retry-After": str(seconds)},
        )
        await problem_response(problem)(scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        """Seconds until the address may ask again; 0 where it may now."""
        client = scope.get("client")
        address = client[0] if client is not None else ""
        if not address or (not self._count_loopback and _is_loopback(address)):
            return 0.0
        now, rate = time.monotonic(), self._per_minute / _MINUTE
        tokens, since = self._left.pop(address, (float(self._per_minute), now))
        tokens = min(float(self._per_minute), tokens + (now - since) * rate)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / rate
        self._left[address] = (tokens - 1 if tokens >= 1 else tokens, now)
        if len(self._left) > _REMEMBERED_ADDRESSES:
            self._left.popitem(last=False)
        return wait


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
