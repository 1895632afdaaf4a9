"""What a backup's checks say: codes with parameters, never text. Pure.

Sentences are made where a person reads them (`sentences.py`), so each reader has his own language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

ERROR, WARNING = "error", "warning"
MOST_NAMED = 20
"""So many findings of one check are named; a broken table would fill the screen."""


@dataclass(frozen=True)
class Finding:
	"""Something wrong, or (a warning) worth knowing: a code and what it is about."""

	code: str
	params: tuple[Any, ...] = ()
	severity: str = ERROR

	def as_dict(self) -> dict[str, Any]:
		"""For JSON."""
		return {"code": self.code, "params": list(self.params), "severity": self.severity}


@dataclass(frozen=True)
class Check:
	"""One rule that was looked at: how many things (None: nothing to count), and what was found."""

	code: str
	count: int | None
	findings: tuple[Finding, ...] = field(default_factory=tuple)

	@property
	def ok(self) -> bool:
		"""Nothing worse than a warning."""
		return not any(finding.severity == ERROR for finding in self.findings)

	def as_dict(self) -> dict[str, Any]:
		"""For JSON."""
		return {
			"code": self.code,
			"count": self.count,
			"ok": self.ok,
			"findings": [finding.as_dict() for finding in self.findings],
		}


class BackupError(Exception):
	"""The run cannot go on; `finding` says why. Translated at the edge."""

	def __init__(self, code: str, *params: Any) -> None:
		super().__init__(code, *params)
		self.finding = Finding(code, params)


def finding(code: str, *params: Any) -> Finding:
	"""An error."""
	return Finding(code, params)


def warning(code: str, *params: Any) -> Finding:
	"""Something worth knowing that does not make the backup red."""
	return Finding(code, params, WARNING)


def check(code: str, count: int | None, findings: Iterable[Finding] = ()) -> Check:
	"""A check's result, naming the first findings and counting the rest."""
	found = list(findings)
	named = found[:MOST_NAMED]
	if rest := len(found) - len(named):
		worst = ERROR if any(f.severity == ERROR for f in found) else WARNING
		named.append(Finding("and_more", (rest,), worst))
	return Check(code, count, tuple(named))


def from_dict(data: Mapping[str, Any]) -> Check:
	"""The opposite of `Check.as_dict`."""
	found = tuple(Finding(f["code"], tuple(f["params"]), f["severity"]) for f in data["findings"])
	return Check(data["code"], data["count"], found)
