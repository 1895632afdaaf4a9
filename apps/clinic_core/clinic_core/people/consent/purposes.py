"""What a person's data may be used for, and which law asks for what (E004, G14). Pure data."""

TREATMENT = "treatment"
REMINDER = "reminder"
MARKETING = "marketing"
PHOTO_PUBLICATION = "photo_publication"
DATA_TRANSFER = "data_transfer"
SURVEY = "survey"

LABELS = {
	TREATMENT: "Treatment",
	REMINDER: "Reminders",
	MARKETING: "Marketing",
	PHOTO_PUBLICATION: "Photo Publication",
	DATA_TRANSFER: "Data Transfer",
	SURVEY: "Surveys",
}
"""Code → how the purpose is stored and, translated, shown."""
CODES = {label: code for code, label in LABELS.items()}
SERVICE_LABEL = "Service"
"""The purpose of a consent to one treatment (F40); it opens no gate."""

GIVEN, REFUSED, WITHDRAWN = "Given", "Refused", "Withdrawn"

OPT_IN, OPT_OUT, NOT_NEEDED = "Opt-in", "Opt-out", "Not needed"
CUSTOM = "Custom"

_ON_REQUEST = {PHOTO_PUBLICATION: OPT_IN, DATA_TRANSFER: OPT_IN}
REGIMES: dict[str, dict[str, str]] = {
	# Iran: messages of the own clinic until the person objects (the operators keep their own lists).
	"IR": {TREATMENT: NOT_NEEDED, REMINDER: OPT_OUT, MARKETING: OPT_OUT, SURVEY: OPT_OUT, **_ON_REQUEST},
	# Turkey: KVKK asks for explicit consent, İYS for one before any commercial message.
	"TR": {TREATMENT: NOT_NEEDED, REMINDER: OPT_OUT, MARKETING: OPT_IN, SURVEY: OPT_IN, **_ON_REQUEST},
	# European Union: care is its own legal ground (GDPR 9(2)h), advertising is asked for.
	"EU": {TREATMENT: NOT_NEEDED, REMINDER: OPT_OUT, MARKETING: OPT_IN, SURVEY: OPT_IN, **_ON_REQUEST},
}
"""Regime → purpose → what it needs. A clinic may set its own (Custom)."""
