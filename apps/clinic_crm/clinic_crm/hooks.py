"""Routing table of clinic_crm: which of our functions Frappe calls, and when. No logic here."""

app_name = "clinic_crm"
app_title = "Clinic CRM"
app_publisher = "Clinic ERP contributors"
app_description = "Leads, activities, calls and marketing channels of a clinic"
app_email = "clinic-erp@users.noreply.example"
app_license = "MIT"
# Frappe reads an app here as "owner/repository"; a bare name makes it ask a code host who owns it.
required_apps = ["clinic/clinic_core"]

# The screen of apps (late 15) and the desktop (16) show an app that is named here; 16 leads /app to /desk.
add_to_apps_screen = [
	{
		"name": "clinic_crm",
		"title": "Clinic CRM",
		"logo": "/assets/clinic_core/images/clinic-logo.svg",
		"route": "/app/clinic-crm",
		"has_permission": "clinic_core.foundation.staff_desk.may_open",
	}
]

app_include_js = "clinic_crm.bundle.js"
app_include_css = "clinic_crm.bundle.css"

before_install = "clinic_crm.install.before_install"
after_install = "clinic_crm.install.after_install"
after_migrate = ["clinic_crm.install.after_migrate"]
before_uninstall = "clinic_crm.install.before_uninstall"

clinic_demo = ["clinic_crm.demo.install"]
clinic_demo_derived = ["Clinic Lead Status Log.lead"]

permission_query_conditions = {
	"Clinic Contact": "clinic_crm.permissions.contact_query",
	"Clinic Lead": "clinic_crm.permissions.lead_query",
	"Clinic Activity": "clinic_crm.permissions.activity_query",
	"Clinic Call": "clinic_crm.permissions.call_query",
	"Clinic Lead Submission": "clinic_crm.permissions.submission_query",
	"Clinic Lead Status Log": "clinic_crm.permissions.status_log_query",
}
has_permission = {
	"Clinic Contact": "clinic_crm.permissions.may_contact",
	"Clinic Lead": "clinic_crm.permissions.may_lead",
	"Clinic Activity": "clinic_crm.permissions.may_activity",
	"Clinic Call": "clinic_crm.permissions.may_call",
	"Clinic Lead Submission": "clinic_crm.permissions.may_with_lead",
	"Clinic Lead Status Log": "clinic_crm.permissions.may_with_lead",
}

# Fields that not everybody may see of a person (clinic_core/people/masking).
clinic_masked_fields = ["clinic_crm.masked_fields.FIELDS"]
_MASKED = {
	"before_validate": "clinic_core.people.masking.rows.keep_hidden",
	"before_print": "clinic_core.people.masking.rows.mask_document",
}
doc_events = {
	"Clinic Contact": _MASKED,
	"Clinic Lead": _MASKED,
	"Clinic Lead Submission": _MASKED,
	"Clinic Call": _MASKED,
}

website_route_rules = [{"from_route": "/lead/<lead_route>", "to_route": "lead_form"}]

standard_queries = {"Clinic Contact": "clinic_crm.pipeline.finding.contacts_for_link"}
clinic_search_documents = {"Clinic Contact": "clinic_crm.pipeline.finding.sources"}
clinic_search = ["clinic_crm.pipeline.finding.find"]

# What the other apps ask or tell us; signatures in docs/architecture.md.
clinic_staff_left = ["clinic_crm.overrides.staff.left"]
clinic_on_appointment_status = ["clinic_crm.overrides.appointment.on_status"]
clinic_on_visit_status = ["clinic_crm.overrides.visit.on_status"]
clinic_on_recall = ["clinic_crm.overrides.recall.on_recall"]
clinic_on_reception = ["clinic_crm.overrides.visit.on_reception"]
clinic_persons = ["clinic_crm.overrides.persons.clinic_persons"]
clinic_person_doctypes = ["Clinic Contact", "Clinic Lead"]
clinic_lead_doctypes = ["Clinic Lead", "Clinic Activity"]
clinic_retention = ["clinic_crm.overrides.persons.retention"]
user_data_fields = [
	{
		"doctype": "Clinic Contact",
		"filter_by": "email",
		"redact_fields": ["first_name", "last_name", "full_name", "mobile", "phone", "address", "city"],
	},
	{
		"doctype": "Clinic Lead Submission",
		"filter_by": "email",
		"redact_fields": [
			"first_name",
			"last_name",
			"person_name",
			"mobile",
			"phone",
			"address",
			"description",
		],
	},
]
clinic_contact_link = ["clinic_crm.pipeline.services.contact_links"]
clinic_night_jobs = ["clinic_crm.pipeline.jobs.follow_up_closed"]
clinic_statement_tabs = ["clinic_crm.overrides.statement.tabs"]
clinic_timeline_sources = ["clinic_crm.overrides.statement.timeline_sources"]
clinic_backup_checks = ["clinic_crm.pipeline.backup_checks.run"]
clinic_backup_sentences = ["clinic_crm.pipeline.backup_checks.sentences"]
