"""How much of a patient a calendar outside shows (F14). Pure."""

INITIALS, FULL_NAME, NOTHING = "Initials", "Full name", "Busy only"
CHOICES = (INITIALS, FULL_NAME, NOTHING)


def initials(full_name: str | None) -> str:
	"""“Maryam Rezaei” → “M. R.”; letters joined by half-spaces are one word."""
	words = (full_name or "").split()
	letters = [next((sign for sign in word if sign.isalpha()), "") for word in words]
	return " ".join(f"{letter}." for letter in letters if letter)


def summary(choice: str | None, full_name: str | None, service: str | None, busy: str) -> str:
	"""The line a calendar shows. `busy` is the word for a time of which nothing is told."""
	if choice == NOTHING:
		return busy
	who = full_name if choice == FULL_NAME else initials(full_name)
	return " · ".join(part for part in (who, service) if part) or busy
