"""Routing table of clinic_reception: which of our functions Frappe calls, and when. No logic here."""

app_name = "clinic_reception"
app_title = "Clinic Reception"
app_publisher = "Clinic ERP contributors"
app_description = "Front desk, cash desk and patient statement of a clinic"
app_email = "clinic-erp@users.noreply.example"
app_license = "MIT"
# Frappe reads an app here as "owner/repository"; a bare name makes it ask a code host who owns it.
required_apps = ["clinic/clinic_core"]

before_install = "clinic_reception.install.before_install"
after_install = "clinic_reception.install.after_install"
after_migrate = ["clinic_reception.install.after_migrate"]
before_uninstall = "clinic_reception.install.before_uninstall"

# The screen of apps (late 15) and the desktop (16) show an app that is named here; 16 leads /app to /desk.
add_to_apps_screen = [
	{
		"name": "clinic_reception",
		"title": "Clinic Front Office",
		"logo": "/assets/clinic_core/images/clinic-logo.svg",
		"route": "/app/clinic-front-office",
		"has_permission": "clinic_core.foundation.staff_desk.may_open",
	}
]

app_include_js = ["clinic_reception.bundle.js"]
app_include_css = ["clinic_reception.bundle.css"]
extend_bootinfo = ["clinic_reception.boot.extend"]

clinic_demo = ["clinic_reception.demo.install"]
clinic_demo_removed = ["clinic_reception.demo.begin_chain_anew"]
clinic_demo_derived = ["Clinic Ledger Seal.ledger_entry"]

scheduler_events = {"cron": {"* * * * *": ["clinic_reception.cash_desk.jobs.seal_all"]}}

permission_query_conditions = {
	"Clinic Visit": "clinic_reception.permissions.visit_query",
	"Clinic Reception": "clinic_reception.permissions.reception_query",
	"Clinic Triage": "clinic_reception.permissions.triage_query",
	"Clinic Payment": "clinic_reception.permissions.payment_query",
	"Clinic Deposit": "clinic_reception.permissions.deposit_query",
	"Clinic Penalty": "clinic_reception.permissions.penalty_query",
	"Clinic Ledger Entry": "clinic_reception.permissions.entry_query",
}
has_permission = {
	"Clinic Visit": "clinic_reception.permissions.may_visit",
	"Clinic Reception": "clinic_reception.permissions.may_reception",
	"Clinic Triage": "clinic_reception.permissions.may_triage",
	"Clinic Payment": "clinic_reception.permissions.may_payment",
	"Clinic Deposit": "clinic_reception.permissions.may_deposit",
	"Clinic Penalty": "clinic_reception.permissions.may_penalty",
	"Clinic Ledger Entry": "clinic_reception.permissions.may_entry",
}
clinic_own_patients = ["Clinic Visit.practitioner", "Clinic Triage.practitioner"]

jinja = {
	"methods": [
		"clinic_reception.cash_desk.receipts.clinic_receipt_html",
		"clinic_reception.front_desk.bills.clinic_bill_html",
	]
}

clinic_import_kinds = [
	"clinic_reception.cash_desk.go_live.kinds.OpeningBalances",
	"clinic_reception.cash_desk.go_live.kinds.OpenDeposits",
	"clinic_reception.cash_desk.go_live.kinds.OpenCheques",
]
clinic_on_opening_entitlement = ["clinic_reception.cash_desk.go_live.openings.sessions_granted"]
clinic_on_opening_entitlement_taken_back = ["clinic_reception.cash_desk.go_live.openings.sessions_taken_back"]
clinic_on_online_payment = ["clinic_reception.cash_desk.online.receiving.on_online_payment"]
clinic_my_account = ["clinic_reception.statement.my_account.clinic_my_account"]
clinic_on_penalty = ["clinic_reception.cash_desk.penalties.charging.on_penalty"]
clinic_health = ["clinic_reception.cash_desk.health.part"]
clinic_erasure_refusals = ["clinic_reception.statement.erasure.clinic_erasure_refusals"]
clinic_patient_warnings = ["clinic_reception.statement.warnings.clinic_patient_warnings"]
clinic_last_visits = ["clinic_reception.front_desk.last_visits.clinic_last_visits"]
clinic_tag_measures = ["clinic_reception.front_desk.tag_measures.clinic_tag_measures"]
clinic_merge_refusals = ["clinic_reception.cash_desk.merging.clinic_merge_refusals"]
clinic_patient_money = ["clinic_reception.cash_desk.merging.clinic_patient_money"]
clinic_undo_merge_refusals = ["clinic_reception.cash_desk.merging.clinic_undo_merge_refusals"]
clinic_performed_services = ["clinic_reception.front_desk.performed.clinic_performed_services"]
clinic_last_performed = ["clinic_reception.front_desk.performed.clinic_last_performed"]
clinic_fee_visits = ["clinic_reception.front_desk.performed.clinic_fee_visits"]
clinic_backup_checks = ["clinic_reception.cash_desk.backup_checks.run"]
clinic_backup_sentences = ["clinic_reception.cash_desk.backup_checks.sentences"]
clinic_visit_days = ["clinic_reception.front_desk.visit_days.clinic_visit_days"]
clinic_on_patient_name = ["clinic_reception.front_desk.visit_days.on_patient_name"]
