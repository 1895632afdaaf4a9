"""Why a message did not go out, in words."""

from frappe import _

from clinic_core.people.consent import rules
from clinic_core.people.consent import wording as consent

TEMPLATE_OFF, NO_MOBILE, LIMIT, TOO_LONG = "template_off", "no_mobile", "number_limit", "too_long"
PAYMENT_LINK, OVERTAKEN, EXPIRED, EMPTY = "payment_link", "overtaken", "expired", "empty"
TOLD_TOGETHER, SWITCHED_OFF = "told_together", "switched_off"
IN_VAIN, UNREADABLE = "in_vain", "unreadable"
CONSOLE_ONLY, NEVER_RECEIVED = "console", "never_received"
NO_EMAIL, NO_ACCOUNT, MAIL_FAILED, MAIL_GONE = "no_email", "no_account", "mail_failed", "mail_gone"


def sentence(code: str) -> str:
	"""For the list and the form of messages."""
	known = {
		TEMPLATE_OFF: _("The template is switched off or was deleted."),
		NO_MOBILE: _("There is no mobile number this can go to."),
		LIMIT: _("This number got as many messages as the clinic sends in a day."),
		TOO_LONG: _("The text is too long: no more than four parts are taken."),
		PAYMENT_LINK: _("Advertising must not lead to a page for paying."),
		OVERTAKEN: _("It was no longer true when its turn came."),
		EXPIRED: _("Its time was over before it could be sent."),
		EMPTY: _("Nothing was left to say: the text is empty."),
		TOLD_TOGETHER: _("It was told together with others in one message."),
		SWITCHED_OFF: _("Messages of this kind are switched off in the Clinic Settings."),
		IN_VAIN: _("It was tried many times in vain."),
		UNREADABLE: _("Its sealed text cannot be opened any more."),
		CONSOLE_ONLY: _("Written to the log only: no SMS gateway is set up."),
		NO_EMAIL: _("There is no email address this can go to."),
		NO_ACCOUNT: _("No outgoing email account is set up."),
		MAIL_FAILED: _("The mail server did not take it. The Email Queue says why."),
		MAIL_GONE: _("It is no longer in the Email Queue: nobody can tell whether it went out."),
		NEVER_RECEIVED: _("The gateway never got it, and its time is over."),
	}
	if code in known:
		return known[code]
	return consent.sentence(code) if code in _OF_THE_GATE else code


_OF_THE_GATE = frozenset(
	{
		*(rules.UNKNOWN_PERSON, rules.ERASED, rules.BLOCKED, rules.DENIED, rules.DO_NOT_CONTACT),
		*(rules.NO_CONSENT, rules.REFUSED_CODE, rules.WITHDRAWN_CODE, rules.UNSURE, rules.NO_ADDRESS),
	}
)
