"""Whether somebody with a known number is the person who writes now. Pure."""

from clinic_core.people import names


def same_person(known: str | None, given: str | None) -> bool:
	"""Same name however it is typed, or one of them unnamed: families share numbers, names tell."""
	left, right = _joined(known), _joined(given)
	return not left or not right or left == right


def same_name(known: str | None, given: str | None) -> bool:
	"""Both have a name and it is the same one."""
	return bool(_joined(known)) and _joined(known) == _joined(given)


def _joined(name: str | None) -> str:
	return names.fold(name).replace(" ", "")
