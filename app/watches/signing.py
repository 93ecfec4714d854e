"""Signatures of what is sent: HMAC-SHA256 over the second of sending, a full stop, and the body.

A receiver computes the same with the secret that its watch was given, compares, and refuses what was signed
more than some minutes ago.
"""

import hmac

SIGNATURE, TIMESTAMP = "Ipregister-Signature", "Ipregister-Timestamp"
EVENT, TRY = "Ipregister-Event", "Ipregister-Try"
SECRET_PREFIX = "iprs_"


def told_secret(secret: bytes) -> str:
    """The secret as its owner gets it; these characters themselves are the key of the HMAC."""
    return SECRET_PREFIX + secret.hex()


def signature(secret: bytes, timestamp: int, body: bytes) -> str:
    """Such as `v1=5257a869…`, in hexadecimal digits."""
    signed = str(timestamp).encode("ascii") + b"." + body
    return "v1=" + hmac.new(told_secret(secret).encode("ascii"), signed, "sha256").hexdigest()
