"""What each purpose needs in this clinic: its law's preset or its own choice (Clinic Settings)."""

from typing import Any

from frappe import _

from clinic_core.foundation import settings
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.consent.purposes import CODES, CUSTOM, LABELS, OPT_IN, REGIMES

DEFAULT_REGIME = "IR"


def mode_of(purpose: str) -> str:
	"""Opt-in, Opt-out or Not needed. What a clinic's own list leaves out is asked for first."""
	regime = settings.get("privacy_regime") or DEFAULT_REGIME
	if regime in REGIMES:
		return REGIMES[regime][purpose]
	rows = settings.get("purpose_rules")
	return next((row.mode for row in rows if CODES.get(row.purpose) == purpose), OPT_IN)


def fill(doc: Any) -> None:
	"""Show in the settings what the chosen law asks for; a clinic's own list stays as it is."""
	regime = doc.privacy_regime or DEFAULT_REGIME
	doc.privacy_regime = regime
	if regime == CUSTOM:
		_refuse_doubles(doc)
		return
	wanted = [(LABELS[purpose], mode) for purpose, mode in REGIMES[regime].items()]
	if [(row.purpose, row.mode) for row in doc.purpose_rules] != wanted:
		doc.set("purpose_rules", [{"purpose": purpose, "mode": mode} for purpose, mode in wanted])


def _refuse_doubles(doc: Any) -> None:
	purposes = [row.purpose for row in doc.purpose_rules]
	if len(set(purposes)) < len(purposes):
		refuse_input(_("Consent by purpose"), _("A purpose is named twice."))
