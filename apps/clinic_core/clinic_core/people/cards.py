"""The header that every screen shows of a patient."""

from typing import Any

import frappe
from frappe.utils import date_diff, getdate

from clinic_core.foundation import events
from clinic_core.people import coverages, phones
from clinic_core.people.alerts import alerts
from clinic_core.people.masking import matrix, rows
from clinic_core.people.tags import chips

PATIENT = "Clinic Patient"


def card(patient: str) -> dict[str, Any]:
	"""Name, file number, phones as they are dialled, age, gender, alerts, and what the apps warn of.

	`coverages` are the titles of the insurers and price levels that hold today; `warnings` are
	collected from the hook `clinic_patient_warnings`: [{code, severity, params}]. `alerts` are those the
	user may see: [{name, kind, severity, text, valid_until}] (F41); `tags` [{tag, title, colour, given}].
	"""
	doc = frappe.get_doc(PATIENT, patient)
	answers = events.gather("clinic_patient_warnings", patient=patient)
	return {
		"name": doc.name,
		"full_name": doc.full_name,
		"file_no": doc.file_no or "",
		"mobile": phones.local(doc.mobile),
		"phones": [
			{
				"phone": phones.local(row.phone),
				"kind": row.kind,
				"is_main": row.is_main,
				"note": row.note or "",
			}
			for row in doc.phones
		],
		"gender": doc.gender or "",
		"birth_date": rows.shown(matrix.BIRTH_DATE, str(doc.birth_date) if doc.birth_date else None),
		"age": age(doc.birth_date),
		"alerts": alerts.with_free_text(alerts.of_patients([patient]).get(patient, []), doc.alerts),
		"tags": chips.of_patients([patient]).get(patient, []),
		"status": doc.status,
		"photo": doc.photo or "",
		"coverages": coverages.shown(doc),
		"warnings": [warning for answer in answers for warning in answer],
	}


def age(birth_date: Any) -> int | None:
	"""Full years since the birth date, None when it is unknown."""
	if not birth_date:
		return None
	born, today = getdate(birth_date), getdate()
	if date_diff(today, born) < 0:
		return None
	return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
