"""Made-up values for previews of texts: believable, and nobody's."""

import datetime
from typing import Any

from frappe import _
from frappe.utils import now_datetime

from clinic_core.messaging import subjects


def values(language: str) -> dict[str, Any]:
	"""A value for every placeholder, in the language where it is a name."""
	start = (now_datetime() + datetime.timedelta(days=2)).replace(hour=16, minute=30, second=0, microsecond=0)
	is_persian = language[:2] == "fa"
	return {
		"patient": "سارا احمدی" if is_persian else "Sara Ahmadi",
		"clinic": subjects.clinic_name(),
		"branch": _("Main branch", language),
		"branch_phone": "02122334455",
		"branch_address": "تهران، خیابان ولیعصر" if is_persian else "Valiasr Street, Tehran",
		"service": "ویزیت پوست" if is_persian else "Skin consultation",
		"practitioner": "دکتر رضایی" if is_persian else "Dr Rezaei",
		"day": start,
		"time": start.time(),
		"old_day": start - datetime.timedelta(days=1),
		"old_time": start.time(),
		"until_day": start - datetime.timedelta(days=1),
		"until_time": start.time(),
		"count": 4,
		"list": "…",
		"tracking_code": "A1B2C3",
		"link": "",
		"code": "48213",
		"minutes": 5,
		"reason": "",
		"amount": "",
		"text": "…",
	}
