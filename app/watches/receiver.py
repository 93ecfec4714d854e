"""Where a webhook may lead: to a public address, and to the one that was looked up.

A name is looked up once for each sending, every address it has must be public, and the connection goes to the
address that was looked at: a name that leads elsewhere a moment later leads nowhere.
"""

import asyncio
import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urlsplit

MAX_ADDRESS_CHARACTERS = 2000

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class ReceiverError(Exception):
    """The address cannot be sent to; the message says why."""


class Receiver(NamedTuple):
    """The parts of a webhook's address."""

    scheme: str
    host: str
    port: int


def receiver_of(address: str, *, private: bool) -> Receiver:
    """The receiver that an address names, as far as can be said without a look-up.

    Raises `ReceiverError`. `private`: whether addresses of the own network may be sent to.
    """
    if len(address) > MAX_ADDRESS_CHARACTERS or not address.isascii() or not address.isprintable():
        raise ReceiverError(f"is no address of at most {MAX_ADDRESS_CHARACTERS} ASCII characters")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ReceiverError("cannot be read as an address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in address:
        raise ReceiverError("must begin with https:// or http:// and name a host")
    if parts.username is not None or parts.password is not None:
        raise ReceiverError("holds a user name or a password")
    literal = _literal(parts.hostname)
    if literal is not None and not private:
        _must_be_public(literal)
    return Receiver(parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80))


async def resolve(receiver: Receiver, *, private: bool) -> str:
    """The IP address to connect to. Raises `ReceiverError` where there is none that may be sent to."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            receiver.host, receiver.port, type=socket.SOCK_STREAM
        )
    except OSError:
        raise ReceiverError("has a name that cannot be looked up") from None
    addresses = [ipaddress.ip_address(one[4][0]) for one in found]
    if not private:
        for address in addresses:
            _must_be_public(address)
    if not addresses:
        raise ReceiverError("has a name without an address")
    return str(addresses[0])


def _must_be_public(address: IpAddress) -> None:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    if not (address.is_global and inner.is_global) or address.is_multicast:
        raise ReceiverError("leads into a network that is not public")


def _literal(host: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
