"""Files of before this release: who was here already, and which names are only stand-ins."""

from clinic_core.people.patient_file import jobs


def execute() -> None:
	"""Compute what new files get as things happen. Safe to run twice."""
	jobs.recompute_returning()
	jobs.rewrite_names()
