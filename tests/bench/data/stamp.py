"""What a bench site holds: a small file in the site's folder, written when loading is over. Pure."""

import datetime
import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = ".clinic-bench.json"
GENERATOR = 3
"""Raised whenever the same size and anchor give other rows than before."""
FRESH_DAYS = 14
"""So long after the anchor there are future bookings enough to measure with."""


@dataclass(frozen=True)
class Loaded:
	"""A finished load: `anchor` as ISO date, `schema` the digest of everything `migrate` reads."""

	size: str
	generator: int
	schema: str
	anchor: str
	seconds: float = 0
	rows: int = 0

	@property
	def day(self) -> datetime.date:
		"""The anchor as a date."""
		return datetime.date.fromisoformat(self.anchor)

	def is_current(self, size: str, today: datetime.date) -> bool:
		"""Whether its rows are those of the generator, and of late; the schema is migrated."""
		same = (self.size, self.generator) == (size, GENERATOR)
		return same and 0 <= (today - self.day).days <= FRESH_DAYS


def read(site_folder: Path) -> Loaded | None:
	"""The stamp of a site; None when it was never loaded to the end."""
	try:
		return Loaded(**json.loads((site_folder / FILE).read_text()))
	except (OSError, ValueError, TypeError):
		return None


def write(site_folder: Path, loaded: Loaded) -> None:
	"""Set the stamp, whole or not at all."""
	part = site_folder / f"{FILE}.part"
	part.write_text(json.dumps(asdict(loaded), indent="\t") + "\n")
	part.replace(site_folder / FILE)


def clear(site_folder: Path) -> None:
	"""Take the stamp away: from now on the site is half-loaded."""
	(site_folder / FILE).unlink(missing_ok=True)
