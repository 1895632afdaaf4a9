"""Links that let a new employee in once: how they are made and when they hold (E151). Pure."""

import datetime
import hashlib
import re
import secrets

TOKEN_BYTES = 32
VALID_DAYS = 7
MOST_DAYS = 60
SHORTEST_PASSWORD = 8

OPEN, USED, REVOKED = "Open", "Used", "Revoked"
UNKNOWN, EXPIRED, SPENT = "unknown", "expired", "spent"

_TOKEN = re.compile(r"^[A-Za-z0-9_-]{40,64}$")


def new_token() -> str:
	"""A secret nobody guesses, fit for an address."""
	return secrets.token_urlsafe(TOKEN_BYTES)


def fingerprint(token: str) -> str:
	"""What is kept of a link: it opens nothing, but tells the link again."""
	return hashlib.sha256(token.encode()).hexdigest()


def is_token(text: str) -> bool:
	"""Whether it can be a token at all."""
	return bool(_TOKEN.match(text or ""))


def problem(status: str | None, expires_at: datetime.datetime | None, now: datetime.datetime) -> str | None:
	"""Why a link does not open (`unknown`, `spent`, `expired`), None when it does."""
	if status is None:
		return UNKNOWN
	if status != OPEN:
		return SPENT
	return EXPIRED if expires_at is None or expires_at <= now else None


def weak_password(password: str, *known: str) -> bool:
	"""Whether a password is refused whatever the site's own policy says.

	`known`: what everybody knows of the person (number, name, address).
	"""
	plain = password.strip().lower()
	digits = re.sub(r"\D", "", plain)
	if len(password) < SHORTEST_PASSWORD or len(set(plain)) < 4:
		return True
	for word in known:
		same = re.sub(r"\D", "", word)
		if word and (
			plain == word.lower()
			or (len(same) >= 7 and digits and digits == plain and same.endswith(digits[-7:]))
		):
			return True
	return False
