"""What a row of an old calendar says became of an appointment. Pure (issue 6, “Real input”)."""

from clinic_core.people.names import fold

COMPLETED, NO_SHOW, CANCELLED = "Completed", "No Show", "Cancelled"

_WORDS = {
	COMPLETED: (
		*("completed", "done", "came", "attended", "arrived", "shown", "show", "geldi", "tamamlandı"),
		*("انجام شد", "انجام شده", "آمد", "آمده", "مراجعه کرد", "حاضر", "ویزیت شد"),
	),
	NO_SHOW: (
		*("no show", "no-show", "noshow", "absent", "missed", "did not come", "gelmedi"),
		*("نیامد", "نیامده", "غایب", "غیبت", "عدم مراجعه", "حاضر نشد"),
	),
	CANCELLED: (
		*("cancelled", "canceled", "cancel", "iptal", "iptal edildi"),
		*("لغو", "لغو شد", "لغو شده", "کنسل", "کنسل شد"),
	),
}
_KNOWN = {fold(word): status for status, words in _WORDS.items() for word in words}


def status_of(said: str | None, no_show: int | None) -> str | None:
	"""The state of an appointment that is over; None for a word nobody knows.

	`said`: what the column of states says; `no_show`: 1 when a column of its own says the patient stayed away.
	"""
	if said:
		return _KNOWN.get(fold(said))
	if no_show is None:
		return None
	return NO_SHOW if no_show else COMPLETED


def choices() -> str:
	"""Words that are understood, for the sentence that refuses another."""
	return ", ".join(words[0] for words in _WORDS.values())
