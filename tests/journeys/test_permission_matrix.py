"""The matrix of `permission_matrix.py`, asked over HTTP: nothing more and nothing less is allowed."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys import samples
from tests.journeys.client import Client
from tests.journeys.permission_matrix import ALL, CHILD_TABLES, DOCTYPES, ENDPOINTS, READABLE_BY_POST_TOO
from tests.source_map import doctypes, endpoints

PEOPLE = ALL.split()
RIGHTS = {
	"read": "r", "write": "w", "create": "c", "delete": "d", "submit": "s", "cancel": "x", "export": "e",
}  # fmt: skip
DENIED = (401, 403)
GETDOC, HAS_PERMISSION = "frappe.desk.form.load.getdoc", "frappe.client.has_permission"
RIGHTS_ON = "frappe.client.get_doc_permissions"


def expected(doctype, person):
	"""The rights a person has by the table, as a set of letters."""
	for rights, people in DOCTYPES[doctype].items():
		if person in people.split():
			return set(rights)
	return set()


def test_the_table_names_every_doctype():
	children = {name for name, record in doctypes().items() if record.get("istable")}
	assert set(CHILD_TABLES) == children
	assert set(DOCTYPES) == set(doctypes()) - children


def test_the_table_names_every_endpoint():
	assert set(ENDPOINTS) == set(endpoints())


@pytest.mark.parametrize("path", sorted(endpoints()))
def test_an_endpoint_is_typed_documented_and_writes_by_post_only(path):
	endpoint = endpoints()[path]
	assert endpoint.untyped == (), f"no type for {endpoint.untyped}"
	assert endpoint.has_docstring
	assert endpoint.methods in (("GET",), ("POST",)) or path in READABLE_BY_POST_TOO, endpoint.methods


@pytest.fixture(scope="module")
def arguments_for(admin):
	found = samples.collect(admin)
	return lambda endpoint: samples.arguments(endpoint, found)


@pytest.mark.parametrize("path", sorted(ENDPOINTS))
def test_an_endpoint_lets_in_whom_the_table_names(path, sign_in, url, arguments_for):
	endpoint = endpoints().get(path) or pytest.fail("it is gone: take it out of the table")
	clients = {name: sign_in(name) for name in PEOPLE} | {"guest": Client(url)}
	codes = {
		name: client.request(endpoint.verb, path, **arguments_for(endpoint)).status_code
		for name, client in clients.items()
	}
	assert {name: code for name, code in codes.items() if code >= 500} == {}
	assert {name for name, code in codes.items() if code not in DENIED} == set(ENDPOINTS[path].split())


@pytest.mark.parametrize("path", sorted(p for p, e in endpoints().items() if e.methods == ("POST",)))
def test_a_write_is_not_done_by_get(path, admin, arguments_for):
	assert admin.request("GET", path, **arguments_for(endpoints()[path])).status_code in (403, 405)


@pytest.mark.parametrize("doctype", sorted(DOCTYPES))
def test_a_doctype_gives_each_role_what_the_table_says(doctype, sign_in):
	# Two of them open the form, the first who may and in turn one of the rest; what the others may do with it is
	# asked without all that comes with a form.
	readers = [name for name in PEOPLE if "r" in expected(doctype, name)]
	turn = sorted(DOCTYPES).index(doctype)
	opens = {*readers[:1], *readers[1:][turn % max(len(readers) - 1, 1) :][:1]}

	def ask(name):
		return rights(sign_in(name), doctype, as_form=name in opens)

	with ThreadPoolExecutor(3) as pool:
		found = dict(zip(PEOPLE, pool.map(ask, PEOPLE), strict=True))
	assert {n: "".join(sorted(r)) for n, r in found.items()} == {
		name: "".join(sorted(expected(doctype, name))) for name in PEOPLE
	}


def rights(client, doctype, as_form):
	"""What the server grants on a record of the person's own list."""
	if doctypes()[doctype].get("issingle"):
		return granted_on(client, doctype, doctype, as_form)
	listed = client.resource("GET", doctype, limit_page_length=1)
	if listed.status_code in DENIED:
		return set()
	assert listed.status_code == 200, listed.text[:300]
	rows = listed.json()["data"]
	if not rows:
		return {letter for right, letter in RIGHTS.items() if has_right(client, doctype, right)}
	return granted_on(client, doctype, rows[0]["name"], as_form)


def granted_on(client, doctype, name, as_form):
	if as_form:
		answer = client.request("GET", GETDOC, doctype=doctype, name=name)
	else:
		answer = client.request("GET", RIGHTS_ON, doctype=doctype, docname=name)
	if answer.status_code in DENIED:
		return set()
	assert answer.status_code == 200, answer.text[:300]
	granted = answer.json()["docinfo" if as_form else "message"]["permissions"]
	return {letter for right, letter in RIGHTS.items() if granted.get(right)}


def has_right(client, doctype, right):
	answer = client.get(HAS_PERMISSION, doctype=doctype, docname="", perm_type=right)
	return bool(answer["has_permission"])


@pytest.mark.parametrize("doctype", sorted(DOCTYPES))
def test_what_is_denied_is_refused_at_the_rest_door(doctype, sign_in, admin):
	rows = admin.rows(doctype, {}) if not doctypes()[doctype].get("issingle") else [{"name": doctype}]
	name = rows[0]["name"] if rows else None

	def tries(person):
		client, may = sign_in(person), expected(doctype, person)
		codes = {}
		if "c" not in may:
			codes["create"] = client.resource("POST", doctype).status_code
		if name and "w" not in may:
			codes["write"] = client.resource("PUT", doctype, name).status_code
		if name and "d" not in may:
			codes["delete"] = client.resource("DELETE", doctype, name).status_code
		return {f"{person} {act}": code for act, code in codes.items() if code not in (403, 404)}

	with ThreadPoolExecutor(3) as pool:
		wrong = {}
		for found in pool.map(tries, PEOPLE):
			wrong |= found
	# Records that are never deleted refuse it to everybody with their own words (417).
	assert {k: c for k, c in wrong.items() if not (k.endswith("delete") and c in (409, 417, 422))} == {}


@pytest.mark.parametrize("doctype", CHILD_TABLES)
def test_rows_of_a_table_have_no_door_of_their_own(doctype, sign_in):
	for person in ("manager", "reception", "agent"):
		assert sign_in(person).resource("GET", doctype).status_code in DENIED


def test_a_guest_sees_no_doctype_at_all(url, demo):
	guest = Client(url)
	seen = [name for name in doctypes() if guest.resource("GET", name).status_code not in DENIED]
	assert seen == []
