"""The most SQL statements each endpoint may send: one table, asserted by the tests (`tests/integration`).

Counted are statements that read or write, of one call on the demo clinic with the state of a new
request; BEGIN, COMMIT and savepoints are not. A new endpoint gets a line here and a call in
`tests/integration/budget_calls.py`; one that needs more than its budget is made leaner first.
"""

from collections.abc import Iterable

_CONTROL = ("savepoint", "release savepoint", "rollback", "commit", "start transaction", "begin")


def spent(statements: Iterable[str]) -> int:
	"""How many of these statements count against a budget."""
	return sum(not statement.lstrip().lower().startswith(_CONTROL) for statement in statements)


QUERIES: dict[str, int] = {
	"clinic_core.api.health": 17,
	"clinic_core.foundation.api.chart_counts": 5,  # one for each of 30 days
	"clinic_core.foundation.api.retry_event": 5,
	"clinic_core.operations.api.overview": 24,
	"clinic_core.operations.api.retry_job": 2,
	"clinic_core.operations.api.run_now": 2,
	"clinic_core.operations.api.watch_health": 2,
	"clinic_core.operations.backup.api.back_up_now": 2,
	"clinic_core.people.access_log.api.searched": 2,
	"clinic_core.people.access_log.api.who_saw": 6,
	"clinic_core.people.alerts.api.marks_of": 7,
	"clinic_core.people.documents.api.add_document": 40,
	"clinic_core.people.family.api.family_of": 6,
	"clinic_core.people.photos.api.add_photo": 40,
	"clinic_core.people.tags.api.chips_of": 3,
	"clinic_core.people.tags.api.list_measures": 1,
	"clinic_core.people.tags.api.preview_rule": 8,
	"clinic_core.people.tags.api.run_rule": 3,
	"clinic_core.people.tags.api.set_tags": 30,
	"clinic_core.people.api.correct_name": 30,  # a patient has a second table: coverages
	"clinic_core.people.disclosures.api.prepare_affected": 12,
	"clinic_core.people.finding.api.find": 9,
	"clinic_core.people.finding.link_search.patients": 2,
	"clinic_core.people.finding.link_search.practitioners": 2,
	"clinic_core.people.api.find_patients": 3,
	"clinic_core.people.api.possible_duplicates": 4,
	"clinic_core.people.api.patient_card": 14,
	"clinic_core.people.api.register_patient": 21,
	"clinic_core.people.patient_file.api.correct_person": 22,
	"clinic_core.people.patient_file.api.correctable": 9,
	"clinic_core.people.patient_file.api.file_history": 12,
	"clinic_core.people.patient_file.api.list_marks": 1,
	"clinic_core.people.identity.api.identity_number": 4,
	"clinic_core.scheduling.api.actions": 4,
	"clinic_core.scheduling.api.arrive": 17,
	"clinic_core.scheduling.api.book": 24,
	"clinic_core.scheduling.api.calendar_events": 2,
	"clinic_core.scheduling.api.cancel": 18,
	"clinic_core.scheduling.api.confirm": 17,
	"clinic_core.scheduling.api.day": 2,
	"clinic_core.scheduling.affected.api.appointments": 10,
	"clinic_core.scheduling.api.find_slots": 7,
	"clinic_core.scheduling.api.hold": 23,
	"clinic_core.scheduling.api.no_show": 18,
	"clinic_core.scheduling.api.plan_sessions": 40,
	"clinic_core.scheduling.api.reschedule": 28,
	"clinic_core.scheduling.api.undo": 17,
	"clinic_core.service_catalog.api.adopt_suggestions": 25,  # of two services in a new department
	"clinic_core.service_catalog.api.arrange_services": 9,
	"clinic_core.service_catalog.api.export_services": 2,
	"clinic_core.service_catalog.api.get_performance": 9,
	"clinic_core.service_catalog.price_levels.api.cancel_proforma": 12,
	"clinic_core.service_catalog.price_levels.api.covered_services": 12,
	"clinic_core.service_catalog.price_levels.api.create_proforma": 24,
	"clinic_core.service_catalog.price_levels.api.issue_proforma": 17,
	"clinic_core.service_catalog.price_levels.api.renew_contract": 30,
	"clinic_core.service_catalog.api.get_quote": 12,
	"clinic_core.service_catalog.api.get_quotes": 12,  # of two hundred lines
	"clinic_core.service_catalog.api.list_services": 4,
	"clinic_core.service_catalog.api.service_order": 2,
	"clinic_core.service_catalog.lists.link_search.find": 2,
	"clinic_core.service_catalog.api.list_suggestions": 5,
	"clinic_core.service_catalog.api.preview_quote": 14,
	"clinic_core.service_catalog.api.price_history": 10,
	"clinic_core.service_catalog.public_page.api.moderate_reviews": 6,
	"clinic_core.service_catalog.public_page.api.submit_review": 14,
	"clinic_core.service_catalog.price_updates.api.preview": 8,
	"clinic_core.service_catalog.price_updates.api.price_list": 4,
	"clinic_core.service_catalog.price_updates.api.read_price_list": 3,
	"clinic_core.service_catalog.price_updates.api.recorded": 2,
	"clinic_core.service_catalog.price_updates.api.revert": 16,
	"clinic_core.service_catalog.price_updates.api.submit": 16,
	"clinic_crm.pipeline.api.activity_events": 2,
	"clinic_crm.pipeline.api.book_for_lead": 47,
	"clinic_crm.pipeline.api.complete_activity": 39,
	"clinic_crm.pipeline.api.convert_to_patient": 52,
	"clinic_crm.pipeline.api.create_lead": 21,
	"clinic_crm.pipeline.finding.contacts_for_link": 2,
	"clinic_crm.pipeline.api.lead_details": 25,
	"clinic_crm.pipeline.api.log_activity": 36,  # of a lead with services and a patient
	"clinic_crm.pipeline.api.office": 25,  # with five full pages
	"clinic_crm.pipeline.api.reopen": 20,
	"clinic_crm.pipeline.api.set_stagnant": 20,
	"clinic_crm.pipeline.api.submit_lead_form": 26,
	"clinic_crm.pipeline.api.take_lead": 19,
	"clinic_reception.cash_desk.api.apply_deposit": 40,
	"clinic_reception.cash_desk.api.card_deposits": 2,
	"clinic_reception.cash_desk.api.card_received": 2,
	"clinic_reception.cash_desk.api.close_shift": 13,
	"clinic_reception.cash_desk.api.current_shift": 5,
	"clinic_reception.cash_desk.api.open_debts": 8,
	"clinic_reception.cash_desk.api.open_shift": 14,
	"clinic_reception.cash_desk.api.payments_today": 4,
	"clinic_reception.cash_desk.api.receipt": 5,
	"clinic_reception.cash_desk.api.refund": 33,
	"clinic_reception.cash_desk.api.take_deposit": 31,
	"clinic_reception.cash_desk.api.take_payment": 32,
	"clinic_reception.cash_desk.api.undo_payment": 29,
	"clinic_reception.cash_desk.api.verify_ledger": 4,
	"clinic_reception.front_desk.api.board": 10,
	"clinic_reception.front_desk.api.cancel_reception": 20,
	"clinic_reception.front_desk.api.card_debts": 2,
	"clinic_reception.front_desk.api.card_sales": 2,
	"clinic_reception.front_desk.api.chart_sales": 32,  # one for each of 30 days
	"clinic_reception.front_desk.api.paid_not_used": 7,
	"clinic_reception.front_desk.api.promised_prices": 6,
	"clinic_reception.front_desk.api.receive": 62,  # one of them: body areas
	"clinic_reception.front_desk.api.sell": 29,  # one of them: body areas
	"clinic_reception.front_desk.api.set_visit_status": 8,
	"clinic_reception.front_desk.api.today_counts": 3,
	"clinic_reception.front_desk.api.triage": 19,
	"clinic_reception.front_desk.api.undo_visit": 28,
	"clinic_reception.front_desk.api.void_triage": 16,
	"clinic_reception.front_desk.statistics.api.export_service_statistics": 9,
	"clinic_reception.front_desk.statistics.api.new_patients_of": 3,
	"clinic_reception.front_desk.statistics.api.service_statistics": 9,
	"clinic_reception.front_desk.statistics.api.service_trend": 4,
	"clinic_reception.statement.api.get_statement": 26,  # the head names who insures the patient
}
