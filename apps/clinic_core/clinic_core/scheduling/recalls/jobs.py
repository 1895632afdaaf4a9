"""Night job of recalls: idempotent, in chunks, each chunk its own transaction (A90)."""

from functools import partial

from clinic_core.foundation.boundary import command
from clinic_core.scheduling.recalls import closing, generate


def run_night() -> None:
	"""Who may not be called any more leaves the list, then who is due comes on it."""
	after = ""
	while True:
		after = command("scheduling.recalls.close", None, partial(closing.close_forbidden, after))
		if not after:
			break
	generate.run_night()
