"""The gate's codes in words."""

from frappe import _

from clinic_core.people.consent import rules


def sentence(code: str) -> str:
	"""Why somebody's data may not be used, for the person at the desk."""
	return {
		rules.UNKNOWN_PERSON: _("This person is not known here."),
		rules.ERASED: _("This person's data was erased."),
		rules.BLOCKED: _("This file is blocked. Nothing is done with it until the block is lifted."),
		rules.DENIED: _("Another part of the clinic does not allow it for this person."),
		rules.DO_NOT_CONTACT: _("This person does not want to be contacted this way."),
		rules.NO_CONSENT: _("This person was not asked for consent yet."),
		rules.REFUSED_CODE: _("This person refused."),
		rules.WITHDRAWN_CODE: _("This person has withdrawn the consent."),
		rules.UNSURE: _("It could not be found out whether this is allowed, so it is not. Please try again."),
		rules.NO_ADDRESS: _("There is no number or address for this."),
	}[code]
