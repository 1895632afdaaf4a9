"""Which backups are kept, which go (N7). Pure."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

VERIFIED, NOT_VERIFIED, FAILED = "Verified", "Not Verified", "Failed"
FAILED_KEPT = 3
"""So many failed ones are kept to be looked at, as long as nothing good followed them."""


@dataclass(frozen=True)
class Backup:
	"""A backup on the disk."""

	name: str
	made_at: datetime.datetime
	status: str


@dataclass(frozen=True)
class Rule:
	"""How many days, weeks and months are kept; each is stood for by one backup."""

	daily: int = 7
	weekly: int = 4
	monthly: int = 12


def superfluous(backups: Iterable[Backup], rule: Rule) -> list[str]:
	"""Names that may be deleted, oldest first.

	Of each of the last days, weeks and months that have a usable backup one stays: the newest that is
	Verified, else the newest. Days without a backup do not count, so a server that was off for a month
	loses nothing. Whatever the rule: the newest Verified one and the newest usable one stay. A failed
	one goes as soon as a usable one followed it.
	"""
	newest_first = sorted(backups, key=lambda b: (b.made_at, b.name), reverse=True)
	usable = [b for b in newest_first if b.status != FAILED]
	kept = {b.name for b in usable[:1]}
	kept |= {b.name for b in [b for b in usable if b.status == VERIFIED][:1]}
	for count, period in ((rule.daily, _day), (rule.weekly, _week), (rule.monthly, _month)):
		kept |= _standing(usable, count, period)
	failed = [b for b in newest_first if b.status == FAILED]
	kept |= {b.name for b in failed[:FAILED_KEPT] if not usable or b.made_at > usable[0].made_at}
	return [b.name for b in reversed(newest_first) if b.name not in kept]


def _standing(
	usable: Sequence[Backup], count: int, period: Callable[[datetime.datetime], Hashable]
) -> set[str]:
	"""One name for each of the last `count` periods that have a backup."""
	chosen: dict[Hashable, Backup] = {}
	for backup in usable:
		key = period(backup.made_at)
		if key not in chosen:
			if len(chosen) == count:
				break
			chosen[key] = backup
		elif chosen[key].status != VERIFIED and backup.status == VERIFIED:
			chosen[key] = backup
	return {backup.name for backup in chosen.values()}


def _day(moment: datetime.datetime) -> Hashable:
	return moment.date()


def _week(moment: datetime.datetime) -> Hashable:
	return moment.isocalendar()[:2]


def _month(moment: datetime.datetime) -> Hashable:
	return moment.year, moment.month
