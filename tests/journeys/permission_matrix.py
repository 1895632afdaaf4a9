"""Who may do what: every role × every DocType and endpoint of ours. Data, reviewed by people.

A new DocType or endpoint that is not named here fails the tests; so does one that answers
differently. Rights: r read, w write, c create, d delete, s submit, x cancel, e export.
People are the logins of the demo clinic, one per role (`clinic_core/demo/staff.py`).

Transactions and people are never deleted; ledgers, logs and claims are written by their modules alone.
"""

ALL = "manager supervisor reception cashier doctor operator consultant agent crm call accountant"
BOOKERS = "manager supervisor reception consultant agent crm call"
FRONT_DESK = "manager supervisor reception"
FLOOR = "manager supervisor reception cashier doctor operator consultant"
TILL = "manager supervisor cashier"
MONEY = "manager supervisor reception cashier consultant accountant"
FOLLOW_UP = "manager consultant agent crm call"
GUEST = " guest"

# Endpoint → who is let in (what he then may do with a single record is the record's affair).
ENDPOINTS = {
	"clinic_core.api.health": ALL + GUEST,
	"clinic_core.foundation.api.retry_event": "manager",
	"clinic_core.foundation.api.chart_counts": ALL,
	"clinic_core.operations.api.overview": "manager",
	"clinic_core.operations.api.retry_job": "manager",
	"clinic_core.operations.api.run_now": "manager",
	"clinic_core.operations.api.watch_health": "manager",
	"clinic_core.operations.backup.api.back_up_now": "manager",
	"clinic_core.people.access_log.api.searched": ALL,
	"clinic_core.people.access_log.api.who_saw": "manager",
	"clinic_core.people.finding.api.find": ALL,
	"clinic_core.people.finding.link_search.patients": ALL,
	"clinic_core.people.finding.link_search.practitioners": ALL,
	"clinic_core.people.alerts.api.marks_of": ALL,
	"clinic_core.people.api.find_patients": ALL,
	"clinic_core.people.api.patient_card": ALL,
	"clinic_core.people.api.register_patient": BOOKERS,
	"clinic_core.people.api.correct_name": BOOKERS,
	"clinic_core.people.api.possible_duplicates": BOOKERS,
	"clinic_core.people.patient_file.api.correctable": BOOKERS,
	"clinic_core.people.patient_file.api.correct_person": BOOKERS,
	"clinic_core.people.patient_file.api.file_history": ALL,
	"clinic_core.people.patient_file.api.list_marks": ALL,
	"clinic_core.people.documents.api.add_document": FLOOR.replace(" cashier", ""),
	"clinic_core.people.family.api.family_of": ALL,
	"clinic_core.people.photos.api.add_photo": "manager doctor operator",
	"clinic_core.people.tags.api.chips_of": ALL,
	"clinic_core.people.tags.api.list_measures": "manager supervisor crm",
	"clinic_core.people.tags.api.preview_rule": "manager crm",
	"clinic_core.people.tags.api.run_rule": "manager crm",
	"clinic_core.people.tags.api.set_tags": BOOKERS,
	"clinic_core.scheduling.api.find_slots": ALL,
	"clinic_core.scheduling.api.day": ALL,
	"clinic_core.scheduling.api.calendar_events": ALL,
	"clinic_core.scheduling.api.actions": ALL,
	"clinic_core.scheduling.api.book": BOOKERS,
	"clinic_core.scheduling.api.hold": BOOKERS,
	"clinic_core.scheduling.api.reschedule": BOOKERS,
	"clinic_core.scheduling.api.confirm": BOOKERS,
	"clinic_core.scheduling.api.cancel": BOOKERS,
	"clinic_core.scheduling.api.arrive": BOOKERS,
	"clinic_core.scheduling.api.undo": BOOKERS,
	"clinic_core.scheduling.api.no_show": BOOKERS,
	"clinic_core.scheduling.api.plan_sessions": FRONT_DESK + " consultant",
	"clinic_core.service_catalog.price_levels.api.cancel_proforma": FRONT_DESK + " consultant",
	"clinic_core.service_catalog.price_levels.api.covered_services": ALL,
	"clinic_core.service_catalog.price_levels.api.create_proforma": FRONT_DESK + " consultant",
	"clinic_core.service_catalog.price_levels.api.issue_proforma": FRONT_DESK + " consultant",
	"clinic_core.service_catalog.price_levels.api.renew_contract": "manager",
	"clinic_core.service_catalog.api.get_quote": ALL,
	"clinic_core.service_catalog.api.get_quotes": ALL,
	"clinic_core.service_catalog.api.preview_quote": "manager",
	"clinic_core.service_catalog.api.price_history": "manager supervisor accountant",
	"clinic_core.service_catalog.api.get_performance": "manager accountant",
	"clinic_core.service_catalog.api.list_services": ALL,
	"clinic_core.service_catalog.api.arrange_services": "manager",
	"clinic_core.service_catalog.api.export_services": "manager",
	"clinic_core.service_catalog.api.service_order": "manager",
	"clinic_core.service_catalog.lists.link_search.find": ALL,
	"clinic_core.service_catalog.price_updates.api.preview": "manager",
	"clinic_core.service_catalog.price_updates.api.price_list": "manager",
	"clinic_core.service_catalog.price_updates.api.read_price_list": "manager",
	"clinic_core.service_catalog.price_updates.api.recorded": "manager supervisor accountant",
	"clinic_core.service_catalog.price_updates.api.revert": "manager",
	"clinic_core.service_catalog.price_updates.api.submit": "manager",
	"clinic_core.service_catalog.public_page.api.moderate_reviews": "manager supervisor crm",
	"clinic_core.service_catalog.public_page.api.submit_review": ALL + GUEST,
	"clinic_core.service_catalog.api.list_suggestions": "manager",
	"clinic_core.service_catalog.api.adopt_suggestions": "manager",
	"clinic_crm.pipeline.api.create_lead": "manager reception doctor operator consultant agent crm call",
	"clinic_crm.pipeline.api.log_activity": FOLLOW_UP,
	"clinic_crm.pipeline.api.complete_activity": FOLLOW_UP,
	"clinic_crm.pipeline.api.convert_to_patient": FOLLOW_UP,
	"clinic_crm.pipeline.api.book_for_lead": BOOKERS,
	"clinic_crm.pipeline.api.take_lead": FOLLOW_UP,
	"clinic_crm.pipeline.api.set_stagnant": FOLLOW_UP,
	"clinic_crm.pipeline.api.reopen": FOLLOW_UP,
	"clinic_crm.pipeline.api.lead_details": "manager supervisor reception consultant agent crm call",
	"clinic_crm.pipeline.finding.contacts_for_link": "manager supervisor reception consultant agent crm call",
	"clinic_crm.pipeline.api.office": "manager supervisor reception doctor operator consultant agent crm call",
	"clinic_crm.pipeline.api.activity_events": "manager supervisor reception consultant agent crm call",
	"clinic_crm.pipeline.api.submit_lead_form": ALL + GUEST,
	"clinic_reception.cash_desk.api.card_deposits": MONEY,
	"clinic_reception.cash_desk.api.card_received": MONEY,
	"clinic_reception.cash_desk.api.current_shift": TILL,
	"clinic_reception.cash_desk.api.open_debts": MONEY,
	"clinic_reception.cash_desk.api.payments_today": TILL + " accountant",
	"clinic_reception.cash_desk.api.receipt": MONEY,
	"clinic_reception.cash_desk.api.verify_ledger": "manager accountant",
	"clinic_reception.cash_desk.api.open_shift": TILL,
	"clinic_reception.cash_desk.api.close_shift": TILL,
	"clinic_reception.cash_desk.api.take_payment": TILL,
	"clinic_reception.cash_desk.api.take_deposit": TILL,
	"clinic_reception.cash_desk.api.apply_deposit": TILL,
	"clinic_reception.cash_desk.api.refund": TILL,
	"clinic_reception.cash_desk.api.undo_payment": TILL,
	"clinic_reception.front_desk.api.card_debts": MONEY,
	"clinic_reception.front_desk.api.card_sales": MONEY,
	"clinic_reception.front_desk.api.chart_sales": MONEY,
	"clinic_reception.front_desk.api.board": FLOOR + " accountant",
	"clinic_reception.front_desk.api.today_counts": FLOOR + " accountant",
	"clinic_reception.front_desk.api.paid_not_used": FLOOR + " accountant",
	"clinic_reception.front_desk.api.promised_prices": FRONT_DESK + " consultant",
	"clinic_reception.front_desk.api.receive": FRONT_DESK,
	"clinic_reception.front_desk.api.sell": FRONT_DESK + " consultant",
	"clinic_reception.front_desk.api.cancel_reception": FRONT_DESK,
	"clinic_reception.front_desk.api.set_visit_status": FLOOR,
	"clinic_reception.front_desk.api.undo_visit": FRONT_DESK,
	"clinic_reception.front_desk.api.triage": FRONT_DESK + " doctor consultant",
	"clinic_reception.front_desk.api.void_triage": FRONT_DESK + " doctor consultant",
	"clinic_reception.front_desk.statistics.api.export_service_statistics": "manager supervisor accountant",
	"clinic_reception.front_desk.statistics.api.new_patients_of": "manager supervisor accountant",
	"clinic_reception.front_desk.statistics.api.service_statistics": "manager supervisor accountant",
	"clinic_reception.front_desk.statistics.api.service_trend": "manager supervisor accountant",
	"clinic_reception.statement.api.get_statement": MONEY,
}

# Answers that do more than read must be asked by POST; these may be read both ways.
READABLE_BY_POST_TOO = {
	"clinic_core.foundation.api.chart_counts",
	"clinic_core.people.tags.api.preview_rule",
	"clinic_core.service_catalog.api.export_services",
	"clinic_core.service_catalog.api.get_quote",
	"clinic_core.service_catalog.api.get_quotes",
	"clinic_core.service_catalog.api.preview_quote",
	"clinic_core.service_catalog.price_updates.api.preview",
	"clinic_core.service_catalog.price_updates.api.price_list",
	"clinic_crm.pipeline.api.activity_events",
	"clinic_reception.cash_desk.api.card_deposits",
	"clinic_reception.cash_desk.api.card_received",
	"clinic_reception.front_desk.api.card_debts",
	"clinic_reception.front_desk.api.card_sales",
	"clinic_reception.front_desk.api.chart_sales",
}

# Nobody but the modules themselves reads or writes rows of these.
CHILD_TABLES = [
	"Clinic Appointment Step",
	"Clinic Article Service",
	"Clinic Cash Count",
	"Clinic Contract K",
	"Clinic Job Step",
	"Clinic Lead Form Field",
	"Clinic Lead Patient",
	"Clinic Lead Service",
	"Clinic Money Unit",
	"Clinic Patient Address",
	"Clinic Patient Answer",
	"Clinic Patient Coverage",
	"Clinic Patient Hearing",
	"Clinic Patient Phone",
	"Clinic Patient Tag",
	"Clinic Payment Allocation",
	"Clinic Payment Line",
	"Clinic Practitioner Service",
	"Clinic Proforma Line",
	"Clinic Public Link",
	"Clinic Reception Line",
	"Clinic Schedule Shift",
	"Clinic Service Area",
	"Clinic Service Contract Item",
	"Clinic Service Image",
	"Clinic Tag Condition",
	"Clinic Team Member",
]

# DocType → rights → who has exactly these; who is not named has none.
DOCTYPES = {
	"Clinic Access Log": {
		"re": "manager",
	},
	"Clinic Activity": {
		"rwce": "manager crm",
		"r": "supervisor reception",
		"rwc": "consultant agent call",
	},
	"Clinic Alert": {
		"r": "manager",
	},
	"Clinic Appointment": {
		"rwce": "manager supervisor crm",
		"rwc": "reception consultant agent call",
		"r": "cashier doctor operator",
		"re": "accountant",
	},
	"Clinic Article": {
		"rwcde": "manager",
		"rwce": "crm",
		"r": "supervisor reception cashier doctor operator consultant agent call accountant",
	},
	"Clinic Backup": {
		"r": "manager",
	},
	"Clinic Backup Settings": {
		"rw": "manager",
	},
	"Clinic Branch": {
		"rwcde": "manager",
		"r": "supervisor reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Call": {
		"re": "manager",
		"r": "supervisor",
		"rwc": "consultant agent call",
		"rwce": "crm",
	},
	"Clinic Cash Desk": {
		"rwcd": "manager",
		"r": "supervisor reception cashier",
		"rw": "accountant",
	},
	"Clinic Cash Shift": {
		"re": "manager supervisor accountant",
		"r": "cashier",
	},
	"Clinic Contact": {
		"rwce": "manager crm",
		"r": "supervisor",
		"rwc": "reception consultant agent call",
	},
	"Clinic Contact Method": {
		"rwcd": "manager crm",
		"r": "supervisor reception doctor consultant agent call",
	},
	"Clinic Counter": {},
	"Clinic Department": {
		"rwcde": "manager",
		"r": "supervisor reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Deposit": {
		"re": "manager supervisor accountant",
		"r": "reception cashier consultant",
	},
	"Clinic Entitlement": {
		"re": "manager supervisor accountant",
		"r": "reception cashier doctor operator consultant",
	},
	"Clinic Entitlement Entry": {
		"re": "manager supervisor accountant",
		"r": "reception cashier consultant",
	},
	"Clinic Event Failure": {
		"rw": "manager",
		"r": "accountant",
	},
	"Clinic Feedback": {
		"rwcd": "manager crm",
		"r": "supervisor reception doctor consultant agent call",
	},
	"Clinic Idempotency Key": {},
	"Clinic Insurer": {
		"rwcde": "manager",
		"r": "supervisor reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Job Run": {
		"r": "manager",
	},
	"Clinic Lead": {
		"rwce": "manager crm",
		"r": "supervisor",
		"rc": "reception doctor operator",
		"rwc": "consultant agent call",
	},
	"Clinic Lead Form": {
		"rwc": "manager crm",
		"r": "agent",
	},
	"Clinic Lead Status Log": {
		"re": "manager crm",
		"r": "consultant agent call",
	},
	"Clinic Lead Submission": {
		"re": "manager crm",
		"r": "agent",
	},
	"Clinic Ledger Entry": {
		"re": "manager accountant",
		"r": "supervisor",
	},
	"Clinic Ledger Seal": {
		"re": "manager accountant",
	},
	"Clinic Legal Entity": {
		"rwcde": "manager",
		"r": "supervisor reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Marketing Channel": {
		"rwcde": "manager",
		"r": "supervisor reception consultant agent call accountant",
		"rwce": "crm",
	},
	"Clinic Patient": {
		"rwce": "manager supervisor crm",
		"rwc": "reception consultant agent call",
		"r": "cashier doctor operator",
		"re": "accountant",
	},
	"Clinic Patient Question": {
		"rwcde": "manager",
		"rwc": "crm",
		"r": "supervisor reception cashier doctor operator consultant agent call accountant",
	},
	"Clinic Patient Source Change": {
		"re": "manager crm",
		"r": "supervisor reception consultant agent call",
	},
	"Clinic Patient Alert": {
		"rwce": "manager",
		"rwc": "supervisor reception doctor operator consultant agent crm call",
		"r": "cashier accountant",
	},
	"Clinic Patient Document": {
		"rwce": "manager",
		"rwc": "supervisor reception doctor operator consultant",
		"r": "cashier accountant",
	},
	"Clinic Patient Relation": {
		"rwcde": "manager",
		"rwcd": "supervisor reception consultant agent crm call",
		"r": "cashier doctor operator accountant",
	},
	"Clinic Payment": {
		"rwcsxe": "manager",
		"rxe": "supervisor",
		"r": "reception consultant",
		"rwcsx": "cashier",
		"re": "accountant",
	},
	"Clinic Payment Method": {
		"rwcd": "manager",
		"r": "supervisor reception cashier consultant",
		"rwc": "accountant",
	},
	"Clinic Performance Share": {
		"rwcde": "manager",
		"re": "accountant",
		"r": "doctor operator",
	},
	"Clinic Photo": {
		"rwce": "manager",
		"rwc": "doctor operator",
	},
	"Clinic Practitioner": {
		"rwcde": "manager",
		"rw": "supervisor",
		"r": "reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Proforma": {
		"rwce": "manager supervisor",
		"rwc": "reception consultant",
		"r": "cashier doctor",
		"re": "accountant",
	},
	"Clinic Recall Rule": {
		"rwcde": "manager",
		"r": "supervisor reception consultant agent crm call",
	},
	"Clinic Price Update": {
		"rwcdsxe": "manager",
		"r": "supervisor accountant",
	},
	"Clinic Public Image": {},
	"Clinic Public Profile": {
		"rw": "manager",
		"r": "supervisor crm",
	},
	"Clinic Reception": {
		"rwcsxe": "manager supervisor",
		"rwcsx": "reception",
		"r": "cashier doctor operator",
		"rwcs": "consultant",
		"re": "accountant",
	},
	"Clinic Referral Source": {
		"rwcde": "manager",
		"r": "supervisor reception cashier doctor operator consultant agent call accountant",
		"rwc": "crm",
	},
	"Clinic Referrer": {
		"rwcde": "manager",
		"rwc": "crm",
		"rc": "supervisor reception consultant",
		"r": "cashier doctor operator agent call accountant",
	},
	"Clinic Resource": {
		"rwcde": "manager",
		"rw": "supervisor",
		"r": "reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Schedule": {
		"rwcde": "manager",
		"rwc": "supervisor",
		"r": "reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Search Key": {},
	"Clinic Service": {
		"rwcde": "manager",
		"r": "supervisor reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Service Contract": {
		"rwcde": "manager",
		"r": "supervisor reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Service Price": {
		"re": "manager accountant",
		"r": "supervisor",
	},
	"Clinic Service Review": {
		"rwe": "manager",
		"rw": "supervisor crm",
	},
	"Clinic Session": {
		"rwe": "manager",
		"rwce": "supervisor",
		"rwc": "reception consultant",
		"r": "cashier doctor agent crm call",
		"rw": "operator",
		"re": "accountant",
	},
	"Clinic Session Plan": {
		"rwce": "manager supervisor",
		"rwc": "reception consultant",
		"r": "cashier doctor agent crm call",
		"rw": "operator",
		"re": "accountant",
	},
	"Clinic Settings": {
		"rw": "manager",
		"r": "supervisor reception cashier doctor operator consultant agent crm call accountant",
	},
	"Clinic Suggested Service": {
		"re": "manager",
	},
	"Clinic Tag": {
		"rwcde": "manager crm",
		"rwc": "supervisor",
		"r": "reception cashier doctor operator consultant agent call accountant",
	},
	"Clinic Tag Rule": {
		"rwcde": "manager crm",
		"r": "supervisor",
	},
	"Clinic Team": {
		"rwcd": "manager crm",
		"r": "supervisor reception consultant agent call",
	},
	"Clinic Time Claim": {},
	"Clinic Triage": {
		"re": "manager",
		"rwc": "supervisor reception doctor consultant",
		"rw": "operator",
	},
	"Clinic Visit": {
		"rwce": "manager supervisor",
		"rwc": "reception",
		"rw": "cashier doctor operator consultant",
		"re": "accountant",
	},
}
