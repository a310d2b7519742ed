"""The device of a browser: a random number in a cookie of the session's path, so that a reload keeps the guess."""

import re
import secrets

COOKIE = "prolo-device"

_DEVICE = re.compile(r"[\w-]{22}", re.ASCII)


def known_device(cookie: str | None) -> str | None:
    """The device that a cookie names; None without a cookie, or for one that is not ours."""
    return cookie if _DEVICE.fullmatch(cookie or "") else None


def new_device() -> str:
    """A device that nobody has."""
    return secrets.token_urlsafe(16)
