"""The race's own clinic on a site: made, and taken away again without a trace."""

import frappe

TAG = "RACE"
WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
CHUNK = 5000


def connect(site, sites_path):
	"""A connection of this thread's own, as Administrator."""
	frappe.init(site=site, sites_path=str(sites_path))
	frappe.connect()


def make(doctype, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True).name


def practitioner(service, branch, number):
	"""A practitioner who works round the clock."""
	name = make(
		"Clinic Practitioner",
		code=f"{TAG}DR{number}",
		practitioner_name=TAG,
		services=[{"service": service}],
	)
	shift = {"start": "00:00:00", "end": "23:59:00", "branch": branch}
	make(
		"Clinic Schedule",
		practitioner=name,
		valid_from="2020-01-01",
		shifts=[{"weekday": day, **shift} for day in WEEKDAYS],
	)
	return name


def prepare(clients, practitioners=1):
	"""Branch, service, practitioners and a patient for each client; committed."""
	branch = make("Clinic Branch", code=f"{TAG}BR", title=TAG)
	department = make("Clinic Department", code=f"{TAG}DEP", title=TAG)
	service = make(
		"Clinic Service",
		code=f"{TAG}SRV",
		service_name=TAG,
		department=department,
		amount=1,
		duration_minutes=30,
	)
	world = {
		"branch": branch,
		"service": service,
		"practitioners": [practitioner(service, branch, n) for n in range(practitioners)],
		"patients": [
			make("Clinic Patient", first_name=TAG, last_name=str(n), referral_source="WALKIN")
			for n in range(clients)
		],
	}
	frappe.db.commit()
	return world


def clean():
	"""Remove everything of this and of an interrupted race; committed in chunks."""
	frappe.db.rollback()
	patients = frappe.get_all("Clinic Patient", {"first_name": TAG}, pluck="name")
	staff = frappe.get_all("Clinic Practitioner", {"name": ("like", f"{TAG}DR%")}, pluck="name")
	keys = [*(f"PR:{name}" for name in staff), *(f"PT:{name}" for name in patients)]
	for key in keys:
		_drop("Clinic Time Claim", resource_key=key)
	_drop("Clinic Time Claim", resource_key=("like", f"RS:{TAG}%"))
	for doctype, child in (
		("Clinic Appointment", "Clinic Appointment Step"),
		("Clinic Schedule", "Clinic Schedule Shift"),
	):
		if staff:
			_drop_with_children(doctype, child, practitioner=("in", staff))
	if patients:
		_drop("Clinic Search Key", reference_name=("in", patients))
		_drop("Version", ref_doctype="Clinic Patient", docname=("in", patients))
	_drop("Clinic Patient", first_name=TAG)
	_drop("Clinic Practitioner Service", parent=("like", f"{TAG}%"))
	for doctype in ("Practitioner", "Resource", "Service", "Department", "Branch"):
		_drop(f"Clinic {doctype}", name=("like", f"{TAG}%"))


def _drop_with_children(doctype, child, **filters):
	while names := frappe.get_all(doctype, filters, pluck="name", limit=CHUNK, order_by="name asc"):
		frappe.db.delete(child, {"parent": ("in", names)})
		frappe.db.delete("Version", {"ref_doctype": doctype, "docname": ("in", names)})
		frappe.db.delete(doctype, {"name": ("in", names)})
		frappe.db.commit()


def _drop(doctype, **filters):
	while names := frappe.get_all(doctype, filters, pluck="name", limit=CHUNK, order_by="name asc"):
		frappe.db.delete(doctype, {"name": ("in", names)})
		frappe.db.commit()
