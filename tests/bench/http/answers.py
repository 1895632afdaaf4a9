"""Reading what a server answered when it refused. Pure."""

import json

LONGEST = 400


def reason(status: int, text: str) -> str:
	"""Status and the part of a body that says why, on one line."""
	return f"{status} {_said(text or '')}"[:LONGEST]


def _said(text: str) -> str:
	try:
		body = json.loads(text)
	except ValueError:
		return " ".join(text.split())
	if not isinstance(body, dict):
		return text
	for key in ("exception", "_server_messages", "exc", "message"):
		if body.get(key):
			return " ".join(str(body[key]).split()[-60:])
	return " ".join(text.split())
