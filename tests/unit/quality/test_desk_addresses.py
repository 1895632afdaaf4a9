"""The desk has one address per name: `/app/<slug>`. Two things with one slug hide one another."""

import json
from collections import defaultdict

from tests.source_map import ROOT, doctypes

# Slug → why two things may share it all the same.
SHARED_ON_PURPOSE = {
	"clinic-cash-desk": "the page has the short address, the list its long one: cash_desk/route.js",
}


def slug(name):
	"""As `frappe.router.slug` and `frappe.desk.utils.slug`."""
	return name.lower().replace(" ", "-")


def owners():
	"""Slug → what of ours answers there, as "DocType Clinic Patient"."""
	found = defaultdict(set)
	for name, record in doctypes().items():
		if not record.get("istable"):
			found[slug(name)].add(f"DocType {name}")
	for kind in ("page", "workspace"):
		for path in sorted(ROOT.glob(f"apps/*/*/*/{kind}/*/*.json")):
			record = json.loads(path.read_text())
			found[slug(record["name"])].add(f"{record['doctype']} {record['name']}")
	return found


def test_no_two_things_have_one_address():
	clashes = {address: names for address, names in owners().items() if len(names) > 1}
	assert set(clashes) == set(SHARED_ON_PURPOSE), clashes


def test_a_workspace_has_one_name():
	"""The sidebar links to the slug of the title, the router knows the slug of the name."""
	for path in sorted(ROOT.glob("apps/*/*/*/workspace/*/*.json")):
		record = json.loads(path.read_text())
		assert record["name"] == record["title"] == record["label"], path
