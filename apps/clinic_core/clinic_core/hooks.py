"""Routing table of clinic_core: which of our functions Frappe calls, and when. No logic here."""

app_name = "clinic_core"
app_title = "Clinic Core"
app_publisher = "Clinic ERP contributors"
app_description = "Services, patients, scheduling and session plans of a clinic"
app_email = "clinic-erp@users.noreply.example"
app_license = "MIT"

before_install = "clinic_core.install.before_install"
after_install = "clinic_core.install.after_install"
after_migrate = ["clinic_core.install.after_migrate"]
before_uninstall = "clinic_core.install.before_uninstall"

app_logo_url = "/assets/clinic_core/images/clinic-logo.svg"
website_context = {
	"favicon": "/assets/clinic_core/images/clinic-logo.svg",
	"splash_image": "/assets/clinic_core/images/clinic-logo.svg",
}

# The screen of apps (late 15) and the desktop (16) show an app that is named here; 16 leads /app to /desk.
add_to_apps_screen = [
	{
		"name": "clinic_core",
		"title": "Clinic",
		"logo": "/assets/clinic_core/images/clinic-logo.svg",
		"route": "/app/clinic",
		"has_permission": "clinic_core.foundation.staff_desk.may_open",
	}
]

app_include_js = ["clinic_core.bundle.js"]
app_include_css = ["clinic_core.bundle.css"]
web_include_js = ["clinic_web.bundle.js"]
extend_bootinfo = ["clinic_core.boot.extend"]

before_request = [
	"clinic_core.foundation.compat.answer_conflicts_with_409",
	"clinic_core.people.desk.covering.guard",
	"clinic_core.foundation.wire.refuse_missing_arguments",
	"clinic_core.people.masking.requests.watch",
]
on_session_creation = ["clinic_core.people.desk.sessions.signed_in"]
on_logout = ["clinic_core.people.desk.sessions.signed_out"]
update_website_context = ["clinic_core.people.staff.mobile_login.add_region"]
website_route_rules = [{"from_route": "/join/<token>", "to_route": "join"}]

# Who saw what of patients: written once the answer was made.
after_request = [
	"clinic_core.people.access_log.after_request.write",
	"clinic_core.people.masking.answers.hide",
]
before_job = ["clinic_core.people.masking.requests.watch"]
# Called once it is known who asks.
auth_hooks = ["clinic_core.people.masking.requests.check"]

jinja = {
	"methods": [
		"clinic_core.foundation.user_calendar.shown.clinic_day",
		"clinic_core.foundation.user_calendar.shown.clinic_long_day",
		"clinic_core.foundation.user_calendar.shown.clinic_moment",
		"clinic_core.service_catalog.proforma.proforma_print.clinic_proforma_html",
		"clinic_core.people.consent.consent_print.clinic_consent_html",
	]
}

_OWN_PATIENTS = "clinic_core.people.own_patients"
_WITH_PATIENT = "clinic_core.people.visible_patients"
permission_query_conditions = {
	"Clinic Patient": ["clinic_core.people.consent.blocking.query", f"{_OWN_PATIENTS}.patient_query"],
	"Clinic Patient Alert": ["clinic_core.people.alerts.alerts.query", f"{_WITH_PATIENT}.alert_query"],
	"Clinic Patient Document": [
		"clinic_core.people.documents.documents.query",
		f"{_WITH_PATIENT}.paper_query",
	],
	"File": f"{_WITH_PATIENT}.file_query",
	"Clinic Photo": f"{_WITH_PATIENT}.photo_query",
	"Clinic Patient Relation": f"{_WITH_PATIENT}.relation_query",
	"Clinic Patient Source Change": f"{_WITH_PATIENT}.source_change_query",
	"Clinic Consent": f"{_WITH_PATIENT}.consent_query",
	"Clinic Merge Suggestion": f"{_WITH_PATIENT}.suggestion_query",
	"Clinic Data Request": f"{_WITH_PATIENT}.request_query",
	"Clinic Schedule": "clinic_core.foundation.branch_scope.schedule_query",
	"Clinic Appointment": f"{_OWN_PATIENTS}.appointment_query",
	"Clinic Recall": f"{_OWN_PATIENTS}.recall_query",
	"Clinic Waiting List Entry": f"{_OWN_PATIENTS}.wish_query",
	"Clinic Waiting Offer": f"{_OWN_PATIENTS}.offer_query",
	"Clinic Appointment Move": f"{_OWN_PATIENTS}.move_query",
	"Clinic Session Plan": f"{_OWN_PATIENTS}.plan_query",
	"Clinic Session": f"{_OWN_PATIENTS}.session_query",
	"Clinic Proforma": f"{_OWN_PATIENTS}.proforma_query",
	"Clinic Online Payment": f"{_OWN_PATIENTS}.payment_query",
	"Clinic Entitlement": f"{_OWN_PATIENTS}.entitlement_query",
	"Clinic Entitlement Entry": f"{_OWN_PATIENTS}.entry_query",
	"Clinic Performance Share": "clinic_core.service_catalog.performance_shares.shares.query",
	"Clinic Message": f"{_WITH_PATIENT}.message_query",
	"Clinic Incoming Message": f"{_WITH_PATIENT}.incoming_query",
}
has_permission = {
	"Clinic Patient": f"{_WITH_PATIENT}.may_see",
	"Clinic Patient Alert": f"{_WITH_PATIENT}.may_alert",
	"Clinic Patient Document": f"{_WITH_PATIENT}.may_paper",
	"Clinic Photo": f"{_WITH_PATIENT}.may_photo",
	"Clinic Patient Relation": f"{_WITH_PATIENT}.may_relation",
	"Clinic Patient Source Change": f"{_WITH_PATIENT}.may_source_change",
	"Clinic Consent": f"{_WITH_PATIENT}.may_consent",
	"Clinic Merge Suggestion": f"{_WITH_PATIENT}.may_suggestion",
	"Clinic Data Request": f"{_WITH_PATIENT}.may_request",
	"Clinic Schedule": "clinic_core.foundation.branch_scope.may_schedule",
	"Clinic Appointment": f"{_OWN_PATIENTS}.may_appointment",
	"Clinic Recall": f"{_OWN_PATIENTS}.may_recall",
	"Clinic Waiting List Entry": f"{_OWN_PATIENTS}.may_wish",
	"Clinic Waiting Offer": f"{_OWN_PATIENTS}.may_offer",
	"Clinic Appointment Move": f"{_OWN_PATIENTS}.may_move",
	"Clinic Session Plan": f"{_OWN_PATIENTS}.may_plan",
	"Clinic Session": f"{_OWN_PATIENTS}.may_session",
	"Clinic Proforma": f"{_OWN_PATIENTS}.may_proforma",
	"Clinic Online Payment": f"{_OWN_PATIENTS}.may_payment",
	"Clinic Entitlement": f"{_OWN_PATIENTS}.may_entitlement",
	"Clinic Entitlement Entry": f"{_OWN_PATIENTS}.may_entry",
	"Clinic Performance Share": "clinic_core.service_catalog.performance_shares.shares.may_see",
	"Clinic Message": f"{_WITH_PATIENT}.may_message",
	"Clinic Incoming Message": f"{_WITH_PATIENT}.may_incoming",
}

# What makes a patient one's own (F83): the practitioner named in these fields.
clinic_own_patients = ["Clinic Appointment.practitioner", "Clinic Session Plan.practitioner"]

standard_queries = {
	"Clinic Service": "clinic_core.service_catalog.lists.link_search.find",
	"Clinic Patient": "clinic_core.people.finding.link_search.patients",
	"Clinic Practitioner": "clinic_core.people.finding.link_search.practitioners",
}

# What documents are found by while somebody types.
clinic_search_documents = {"Clinic Patient": "clinic_core.people.finding.sources.patients"}

# History stays when a service that was never used is deleted: its prices, and where it came from.
ignore_links_on_delete = ["Clinic Service Price", "Clinic Import Row"]

# Boards of appointments obey the table of states; other boards go to Frappe's own.
_KANBAN, _BOARD = "frappe.desk.doctype.kanban_board.kanban_board", "clinic_core.scheduling.board.api"
_SMS = "clinic_core.messaging.frappe_sms"
override_whitelisted_methods = {
	**{f"{_KANBAN}.{name}": f"{_BOARD}.{name}" for name in ("update_order", "update_order_for_single_card")},
	"frappe.core.doctype.sms_settings.sms_settings.send_sms": f"{_SMS}.send_sms",
}

# Frappe's own text messages go through the outbox; an early 15 asks no hook, so its notifications are a class of ours.
send_sms = [f"{_SMS}.send"]
override_doctype_class = {"Notification": "clinic_core.messaging.overrides.notification.ClinicNotification"}

# Requests for one's data: who are people, what stands against an erasure, what is kept for a time.
clinic_person_doctypes = ["Clinic Patient"]
clinic_erasure_refusals = ["clinic_core.people.data_requests.refusals.clinic_erasure_refusals"]
clinic_forget_person = ["clinic_core.messaging.forgetting.forget_person"]
clinic_retention = [
	"clinic_core.people.data_requests.retention.core_rules",
	"clinic_core.messaging.call_log.retention",
]

# The framework's own Personal Data Download and Deletion; ours (Clinic Data Request) knows the whole person.
user_data_fields = [
	{
		"doctype": "Clinic Patient",
		"filter_by": "email",
		"redact_fields": [
			*("first_name", "last_name", "full_name", "mobile"),
			*("address", "city", "note", "alerts"),
		],
	},
	{"doctype": "Clinic Do Not Contact", "filter_by": "address"},
]

clinic_patient_warnings = [
	"clinic_core.people.consent.service_consents.clinic_patient_warnings",
	"clinic_core.scheduling.policies.reliability.clinic_patient_warnings",
]

clinic_health = ["clinic_core.scheduling.day_lists.health.part", "clinic_core.messaging.health.part"]
clinic_timeline_sources = ["clinic_core.messaging.timeline.sources"]

clinic_demo_removed = ["clinic_core.demo.public_page.removed"]

# The public page: /center and below, and its addresses in the sitemap.
page_renderer = [
	"clinic_core.service_catalog.public_page.renderer.CenterPage",
	"clinic_core.service_catalog.public_page.renderer.SitemapPage",
	"clinic_core.people.consent.policy_page.PolicyPage",
	"clinic_core.scheduling.feed.page.FeedPage",
	"clinic_core.online_booking.pages.renderer.BookingPages",
]
clinic_tracking_links = ["clinic_core.online_booking.tracking.links.clinic_tracking_links"]
clinic_contact_link = ["clinic_core.online_booking.catalogue.contact_links"]
_PUBLISHING = "clinic_core.service_catalog.public_page.publishing"
_FORGET = {
	event: "clinic_core.service_catalog.public_page.page_cache.forget" for event in ("on_change", "on_trash")
}
_ON_PAGES = (
	*("Clinic Department", "Clinic Branch", "Clinic Legal Entity", "Clinic Settings"),
	*("Clinic Service Price", "Clinic Service Contract", "Clinic Price Update"),
)
_SHOWN = {
	"validate": f"{_PUBLISHING}.validate",
	"on_update": f"{_PUBLISHING}.follow",
	"on_trash": f"{_PUBLISHING}.leave",
}
# Documents with fields that not everybody may see (people/masking/matrix.py).
_MASKED = {
	"before_validate": "clinic_core.people.masking.rows.keep_hidden",
	"before_print": "clinic_core.people.masking.rows.mask_document",
}
_PERSONAL = (
	*("Clinic Patient", "Clinic Patient Identity", "Clinic Patient Relation", "Clinic Proforma"),
	*("Clinic Do Not Contact", "Clinic Referrer", "Clinic Service Review"),
	*("Clinic Message", "Clinic Incoming Message"),
)
_ABOUT_A_PATIENT = {"validate": "clinic_core.people.merging.guard.refuse_merged_attachment"}
doc_events = {
	**dict.fromkeys(_PERSONAL, _MASKED),
	"File": {
		"validate": [
			"clinic_core.people.files.keeping.guard",
			"clinic_core.people.merging.guard.refuse_merged_attachment",
		],
		"after_insert": "clinic_core.people.files.keeping.follow",
	},
	"Comment": _ABOUT_A_PATIENT,
	"ToDo": _ABOUT_A_PATIENT,
	"Communication": _ABOUT_A_PATIENT,
	"Clinic Service": _SHOWN,
	"Clinic Practitioner": _SHOWN,
	**dict.fromkeys(_ON_PAGES, _FORGET),
	"User": {
		"validate": "clinic_core.people.staff.mobile_login.keep_form",
		"on_update": "clinic_core.people.staff.mirror.user_saved",
	},
	"User Permission": {
		event: "clinic_core.people.staff.mirror.branch_permission_changed"
		for event in ("on_update", "on_trash")
	},
}

# Merging patients: what never moves beside append-only tables, and who may have something against it.
clinic_merge_keep = [
	"Clinic Patient Merge",
	"Clinic Merge Suggestion",
	"Clinic Patient Identity",
	"Clinic Search Key",
	"Access Log",
	"Activity Log",
	"View Log",
]
clinic_merge_refusals = ["clinic_core.scheduling.merging.clinic_merge_refusals"]
clinic_document_checks = ["clinic_core.people.merging.guard.refuse_merged"]

fixtures = [{"dt": "Role", "filters": [["name", "like", "Clinic %"]]}]

# What the other apps tell us; signatures in docs/architecture.md.
_RETURNING = "clinic_core.people.patient_file.returning"
clinic_on_appointment_status = [
	f"{_RETURNING}.on_appointment_status",
	"clinic_core.scheduling.follow_ups.on_appointment_status",
]
clinic_on_visit_status = [
	f"{_RETURNING}.on_visit_status",
	"clinic_core.scheduling.queue.calling.on_visit_status",
]
clinic_on_reception = [
	f"{_RETURNING}.on_reception",
	"clinic_core.scheduling.recalls.follow.on_reception",
]
_NOTICES = "clinic_core.messaging.notices"
clinic_on_appointment_change = [f"{_NOTICES}.on_appointment_change"]
clinic_on_waiting_offer = [f"{_NOTICES}.on_waiting_offer"]
clinic_on_recall = [f"{_NOTICES}.on_recall"]
clinic_on_patient_merge = ["clinic_core.people.merging.follow.on_patient_merge"]

clinic_night_jobs = [
	"clinic_core.scheduling.jobs.run_night",
	"clinic_core.scheduling.waiting.jobs.run_night",
	"clinic_core.scheduling.recalls.jobs.run_night",
	"clinic_core.service_catalog.dated_prices.stored_prices.run_night",
	"clinic_core.service_catalog.public_page.jobs.run_night",
	"clinic_core.people.access_log.retention.run_night",
	"clinic_core.people.tags.jobs.run_night",
	"clinic_core.people.data_requests.jobs.run_night",
	"clinic_core.people.staff.jobs.run_night",
	"clinic_core.people.merging.suggestions.run_night",
	"clinic_core.people.importing.forgetting.run_night",
]

# What tag rules can ask about patients.
clinic_tag_measures = ["clinic_core.people.tags.core_measures.clinic_tag_measures"]

# What can be imported, each a class made of importing.kind.Kind.
clinic_import_kinds = [
	"clinic_core.people.importing.patients.kind.Patients",
	"clinic_core.service_catalog.importing.services.Services",
	"clinic_core.people.importing.go_live.sessions.RemainingSessions",
	"clinic_core.people.importing.go_live.appointments.FutureAppointments",
	"clinic_core.scheduling.importing.history.PastAppointments",
]

scheduler_events = {
	"cron": {
		"* * * * *": ["clinic_core.messaging.jobs.run_minutely"],
		"*/5 * * * *": [
			"clinic_core.foundation.jobs.retry_event_failures",
			"clinic_core.people.importing.jobs.resume_silent",
			"clinic_core.scheduling.waiting.jobs.run",
			"clinic_core.messaging.jobs.run_often",
			"clinic_core.online_booking.payments.jobs.ask_again",
		],
		"*/10 * * * *": ["clinic_core.operations.jobs.watch_health"],
		"5 * * * *": ["clinic_core.scheduling.day_lists.jobs.run_hourly"],
		"0 1 * * *": ["clinic_core.foundation.jobs.start_night"],
		"0 2 * * *": ["clinic_core.operations.backup.jobs.start_nightly"],
	},
	"daily": ["clinic_core.foundation.jobs.purge_idempotency_keys"],
}

# Backups: what each app knows must hold in a restored one, and how it says what does not.
clinic_backup_checks = ["clinic_core.operations.backup.core_checks.run"]
clinic_backup_sentences = [
	"clinic_core.operations.backup.sentences.labels",
	"clinic_core.operations.backup.sentences.problems_of_making",
	"clinic_core.operations.backup.sentences.problems_of_content",
]
