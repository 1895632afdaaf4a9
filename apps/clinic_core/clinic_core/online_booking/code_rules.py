"""One-time codes: how they are made and what is kept of them. Pure."""

import hashlib
import hmac
import secrets

DIGITS = 5
LIVES_SECONDS = 120
PAUSE_SECONDS = 60
TRIES = 5


def new() -> str:
	"""A code of five digits."""
	return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def digest(key: str, purpose: str, mobile: str, code: str) -> str:
	"""What is kept in place of a code: without the site's key nobody finds the code of it."""
	return hmac.new(key.encode(), f"{purpose}\x1f{mobile}\x1f{code}".encode(), hashlib.sha256).hexdigest()


def is_right(kept: str, given: str) -> bool:
	"""Compared in constant time."""
	return hmac.compare_digest(kept, given)
