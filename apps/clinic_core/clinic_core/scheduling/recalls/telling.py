"""Tells the other apps about recalls (hook `clinic_on_recall`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from clinic_core.foundation import events

HOOK = "clinic_on_recall"
_TOLD = ("patient", "service", "contact_by", "due_on", "next_on", "channel", "practitioner", "appointment")


def tell(recalls: Iterable[Mapping[str, Any]], old: str | None) -> None:
	"""A batch of recalls that were `old` (None: new) and are what they say now."""
	told = [_event(recall, old) for recall in recalls]
	if told:
		events.emit(HOOK, events=told)


def _event(recall: Mapping[str, Any], old: str | None) -> dict[str, Any]:
	values = {field: recall.get(field) for field in _TOLD}
	return {
		"recall": recall.get("name"),
		"old": old,
		"new": recall.get("status"),
		**{field: str(value) if value is not None else None for field, value in values.items()},
	}
