"""Small acts of the privacy tests."""

import itertools

_numbers = itertools.count(1)


def patient(site, **more):
	number = next(_numbers)
	values = {"first_name": "Nilofar", "last_name": f"Azimzadeh {number}", "mobile": f"0912555{number:04d}"}
	return site.get_doc({"doctype": "Clinic Patient", "referral_source": "WALKIN", **values, **more}).insert()


def policy(site, kind="Marketing", purposes=("Marketing",), publish=True, **more):
	doc = site.get_doc(
		{
			"doctype": "Clinic Policy",
			"title": "News and offers",
			"kind": kind,
			"slug": f"test-{kind.lower().replace(' ', '-')}",
			"purposes": [{"purpose": purpose} for purpose in purposes],
			"texts": [
				{"language": "en", "title": "News and offers", "body": "<p>We may write to you.</p>"},
				{
					"language": "fa",
					"title": "خبرها و پیشنهادها",
					"body": "<p>می‌توانیم به شما پیام بدهیم.</p>",
				},
			],
			**more,
		}
	).insert()
	if publish:
		doc.status = "Published"
		doc.save()
	return doc


def answer(site, person, decision, purpose="Marketing", how="Verbal", **more):
	doctype = person.doctype
	return site.get_doc(
		{
			"doctype": "Clinic Consent",
			"person_doctype": doctype,
			"person_name": person.name,
			"purpose": purpose,
			"decision": decision,
			"how": how,
			**more,
		}
	).insert()


def regime(site, value, **rules):
	doc = site.get_doc("Clinic Settings")
	doc.privacy_regime = value
	if value == "Custom":
		doc.set("purpose_rules", [{"purpose": purpose, "mode": mode} for purpose, mode in rules.items()])
	doc.save()
	site.clear_document_cache("Clinic Settings", "Clinic Settings")


def unwanted(site, address, channel="All", scope="Advertising"):
	return site.get_doc(
		{"doctype": "Clinic Do Not Contact", "channel": channel, "address": address, "scope": scope}
	).insert()
