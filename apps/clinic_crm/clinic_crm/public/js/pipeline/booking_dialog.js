// Book an appointment for a lead (C086, C087): the service of its wishes, then a free time.

const METHOD = "clinic_crm.pipeline.api.book_for_lead";

/** Open the dialog; `on_done` runs once the time is taken. */
export function open_booking({ lead, on_done }) {
	return clinic.scheduling.book_dialog({
		patient: lead.patient,
		full_name: lead.person_name,
		service: lead.service_codes?.[0],
		method: METHOD,
		args: { lead: lead.name },
		on_done,
	});
}
