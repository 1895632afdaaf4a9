"""Signed, expiring texts: who somebody is without a user record. Pure.

What is in it can be read by its holder and changed by nobody. Each purpose has a signature of its own.
"""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any


def make(key: str, purpose: str, content: dict[str, Any], expires: int) -> str:
	"""A ticket with `content`, valid until `expires` (seconds since 1970)."""
	body = json.dumps({**content, "x": expires}, separators=(",", ":"), sort_keys=True).encode()
	text = base64.urlsafe_b64encode(body).rstrip(b"=").decode()
	return f"{text}.{_sign(key, purpose, text)}"


def read(key: str, purpose: str, ticket: str | None, now: int) -> dict[str, Any] | None:
	"""The content of a ticket, None for one that is foreign, changed or over."""
	text, _dot, signature = (ticket or "").partition(".")
	if not signature or not hmac.compare_digest(signature.encode(), _sign(key, purpose, text).encode()):
		return None
	try:
		content = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
	except (binascii.Error, ValueError):
		return None
	if not isinstance(content, dict) or not isinstance(content.get("x"), int) or content["x"] <= now:
		return None
	return content


def _sign(key: str, purpose: str, text: str) -> str:
	return hmac.new(key.encode(), f"clinic {purpose}\x1f{text}".encode(), hashlib.sha256).hexdigest()
