"""What the other apps keep works on when the CRM is gone."""

from clinic_core.foundation import app_lifecycle


def test_no_document_points_to_a_doctype_that_is_gone(site, make_lead, make_contact, make_patient):
	contact = make_contact()
	lead = make_lead(contact=contact.name)
	lead.add_comment("Info", "x")
	patient = make_patient()
	patient.db_set({"origin_doctype": "Clinic Lead", "origin_name": lead.name})
	app_lifecycle.leave_no_trace("clinic_crm")
	patient.reload()
	assert (patient.origin_doctype, patient.origin_name) == (None, None)
	assert not site.db.exists("Clinic Search Key", {"reference_doctype": "Clinic Contact"})
	assert site.db.exists(
		"Clinic Search Key", {"reference_doctype": "Clinic Patient", "reference_name": patient.name}
	)
	assert not site.db.exists("Comment", {"reference_name": lead.name})
