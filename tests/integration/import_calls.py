"""Calls of the endpoints of imports, for `budget_calls`: an import in the state each of them needs."""

from clinic_core.foundation import sheets

_API = "clinic_core.people.importing.api"
_ROWS = [[f"Name{n}", f"Budget{n}", f"0912777{n:04d}", "WALKIN"] for n in range(15)]


def _file(demo):
	content = sheets.to_csv(["First name", "Last name", "Mobile", "Referral source"], _ROWS)
	name = f"{demo.site.generate_hash(length=8)}.csv"
	values = {"doctype": "File", "file_name": name, "content": content, "is_private": 1}
	file = demo.site.get_doc(values).insert(ignore_permissions=True)
	file.db_set("owner", "manager@clinic.example")
	return file.file_url


def _begun(demo, **values):
	arguments = {"kind": "patients", "file_url": _file(demo)}
	name = demo.act(f"{_API}.begin", "manager", **arguments)["name"]
	if values:
		demo.site.db.set_value("Clinic Import", name, values)
	return name


def _wanted(demo, name):
	return demo.site.parse_json(demo.value("Clinic Import", name, "options"))


def _draft(demo):
	name = _begun(demo)
	return {"name": name, "wanted": _wanted(demo, name)}


CALLS = {
	f"{_API}.overview": ("manager", lambda demo: {}),
	f"{_API}.state": ("manager", lambda demo: {"name": _begun(demo)}),
	f"{_API}.begin": ("manager", lambda demo: {"kind": "patients", "file_url": _file(demo)}),
	f"{_API}.choose": ("manager", _draft),
	f"{_API}.preview": ("manager", _draft),
	f"{_API}.start": ("manager", _draft),
	f"{_API}.cancel": ("manager", lambda demo: {"name": _begun(demo, status="Running")}),
	f"{_API}.resume": ("manager", lambda demo: {"name": _begun(demo, status="Cancelled")}),
	f"{_API}.take_back": (
		"manager",
		lambda demo: {"name": _begun(demo, status="Complete"), "reason": "wrong file"},
	),
	f"{_API}.rows": ("manager", lambda demo: {"name": _begun(demo, status="Complete")}),
	f"{_API}.faulty_rows": ("manager", lambda demo: {"name": _begun(demo, status="Complete")}),
	f"{_API}.template": ("manager", lambda demo: {"kind": "patients"}),
}
