"""Answers to the clinic's own questions (E211): read by the kind of their question. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from clinic_core.foundation import digits, jalali

YES, NO = "Yes", "No"
_SAID = {
	"yes": YES, "1": YES, "true": YES, "بله": YES, "بلی": YES, "آره": YES, "evet": YES, "是": YES,
	"no": NO, "0": NO, "false": NO, "خیر": NO, "نه": NO, "hayır": NO, "hayir": NO, "否": NO,
}  # fmt: skip
MAX_LENGTH = 140


class WrongAnswerError(ValueError):
	"""An answer that does not fit its question; `code` says why."""

	def __init__(self, code: str) -> None:
		super().__init__(code)
		self.code = code


def read(kind: str, choices: Sequence[str], text: str) -> str:
	"""The answer as it is stored; empty when there is none.

	Raises WrongAnswerError: `choice`, `yes_or_no`, `number`, `date`, `too_long`.
	"""
	plain = (text or "").strip()
	return _READERS.get(kind, _text)(plain, choices) if plain else ""


def _text(text: str, _choices: Sequence[str]) -> str:
	if len(text) > MAX_LENGTH:
		raise WrongAnswerError("too_long")
	return text


def _choice(text: str, choices: Sequence[str]) -> str:
	if text not in choices:
		raise WrongAnswerError("choice")
	return text


def _yes_or_no(text: str, _choices: Sequence[str]) -> str:
	said = _SAID.get(digits.to_latin(text).casefold())
	if not said:
		raise WrongAnswerError("yes_or_no")
	return said


def _number(text: str, _choices: Sequence[str]) -> str:
	try:
		return f"{digits.parse_number(text):f}"
	except ValueError as error:
		raise WrongAnswerError("number") from error


def _date(text: str, _choices: Sequence[str]) -> str:
	try:
		day: date = jalali.read_day(text)
	except ValueError as error:
		raise WrongAnswerError("date") from error
	return day.isoformat()


_READERS: Mapping[str, Callable[[str, Sequence[str]], str]] = {
	"Choice": _choice,
	"Yes or No": _yes_or_no,
	"Number": _number,
	"Date": _date,
}
