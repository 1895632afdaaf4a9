"""Chinese names are found by their sound, Turkish ones by ear: give the people of before their new tokens."""

from clinic_core.people import search_rebuild


def execute() -> None:
	"""Resumable, in chunks; names that need no new token are only read."""
	search_rebuild.run()
