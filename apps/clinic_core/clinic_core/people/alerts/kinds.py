"""What a patient's alerts are about, who sees which, and which words tell the kind (F41). Pure, data.

Safety first: whoever handles a patient sees allergies, pregnancy and medication. What a patient
suffers from and how he behaves is for those who treat him and those who lead.
"""

import re

from clinic_core.foundation.roles import MANAGER, OPERATOR, PRACTITIONER, STAFF, SUPERVISOR

_CLINICAL = frozenset({MANAGER, SUPERVISOR, PRACTITIONER, OPERATOR})

SEEN_BY: dict[str, frozenset[str]] = {
	"Allergy": STAFF,
	"Pregnancy": STAFF,
	"Medication": STAFF,
	"Medical Condition": _CLINICAL,
	"Behaviour": _CLINICAL,
	"Administrative": STAFF,
}

# Most serious first: this is the order chips stand in.
SEVERITIES = ("Danger", "Warning", "Info")

# Words of a free text that leave no doubt. A text that names none of them stays a free text.
_WORDS = {
	"Allergy": r"حساسیت|آلرژی|آنافیلاکسی|allerg|anaphyla|alerji|过敏",
	"Pregnancy": r"باردار|حامله|شیرده|pregnan|breast.?feed|hamile|怀孕",
	"Medication": r"ضد ?انعقاد|وارفارین|آسپرین|مصرف دارو|anticoag|warfarin|aspirin|takes? ",
}
_SEVERITY = {"Allergy": "Danger", "Pregnancy": "Danger", "Medication": "Warning"}


def kind_of(text: str) -> tuple[str, str] | None:
	"""(kind, severity) that the words of a text tell beyond doubt, else None."""
	plain = text.replace("\u200c", " ").replace("ي", "ی").replace("ك", "ک").lower()
	for kind, words in _WORDS.items():
		if re.search(words, plain):
			return kind, _SEVERITY[kind]
	return None


def split(text: str) -> tuple[list[tuple[str, str, str]], str]:
	"""A free text as ([(kind, severity, line)], what stays free): nothing is lost, nothing is there twice."""
	rows, free = [], []
	for line in (text or "").splitlines():
		line = line.strip()
		found = kind_of(line) if line else None
		if found:
			rows.append((*found, line))
		elif line:
			free.append(line)
	return rows, "\n".join(free)
