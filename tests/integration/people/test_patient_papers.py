"""Papers and pictures of a patient: private, checked, reached through their document alone (E144, F42)."""

import base64
import io
import os

import pytest
from PIL import Image

PHOTO, PAPER = "Clinic Photo", "Clinic Patient Document"


def picture(colour="red"):
	exif = Image.Exif()
	exif[0x0110] = "A camera that knows where it is"
	out = io.BytesIO()
	Image.new("RGB", (60, 40), colour).save(out, "JPEG", exif=exif.tobytes())
	return out.getvalue()


def sent(content):
	return base64.b64encode(content).decode()


@pytest.fixture
def patient(site):
	from clinic_core.people import registration

	return registration.register(
		{"first_name": "Paper", "mobile": "09121234567", "referral_source": "FRIEND"}
	)["name"]


@pytest.fixture
def as_role(site, user_with):
	def switch(*roles):
		site.set_user(user_with(*roles))

	return switch


def add_photo(patient, content=None, file_name="me.jpg", **more):
	from clinic_core.people.photos import api

	values = {"stage": "Before", "angle": "Front", **more}
	return api.add_photo(patient=patient, file_name=file_name, content=sent(content or picture()), **values)


def add_paper(patient, content=b"%PDF-1.7", file_name="lab.pdf", kind="Lab Result", title="Lab", **more):
	from clinic_core.people.documents import api

	return api.add_document(
		patient=patient, kind=kind, title=title, file_name=file_name, content=sent(content), **more
	)


def on_disk(site, url):
	return site.get_site_path(*url.strip("/").split("/"))


def may_download(site, url):
	"""What Frappe asks before it sends a private file."""
	files = site.get_all("File", {"file_url": url}, pluck="name", order_by="creation asc")
	assert files
	return any(site.get_doc("File", name).is_downloadable() for name in files)


def test_a_practitioner_keeps_a_picture_without_what_the_camera_wrote(site, patient, as_role):
	as_role("Clinic Practitioner")
	made = add_photo(patient, body_area="Face")
	for url in (made["file"], made["thumbnail"]):
		assert url.startswith("/private/files/")
		assert "me" not in os.path.basename(url)
		with open(on_disk(site, url), "rb") as file:
			content = file.read()
		assert b"camera" not in content and b"Exif" not in content
		assert site.db.get_value("File", {"file_url": url}, "is_private") == 1
	assert may_download(site, made["file"])


@pytest.mark.parametrize(
	"role", ["Clinic Receptionist", "Clinic Cashier", "Clinic CRM Manager", "Clinic Accountant"]
)
def test_nobody_else_sees_a_picture_at_any_door(site, patient, as_role, role):
	as_role("Clinic Operator")
	made = add_photo(patient)
	as_role(role)
	assert not site.has_permission(PHOTO, "read")
	assert not site.has_permission(PHOTO, "read", doc=made["name"])
	for url in (made["file"], made["thumbnail"]):
		assert not may_download(site, url)
	assert not site.get_list("File", {"attached_to_doctype": PHOTO}, pluck="name")
	with pytest.raises(site.PermissionError):
		add_photo(patient)


def test_nobody_reaches_a_picture_through_a_file_of_his_own(site, patient, as_role):
	as_role("Clinic Practitioner")
	made = add_photo(patient)
	as_role("Clinic Receptionist")
	mine = {"doctype": "File", "file_url": made["file"], "is_private": 1}
	for target in ({}, {"attached_to_doctype": "Clinic Patient", "attached_to_name": patient}):
		with pytest.raises(site.PermissionError):
			site.get_doc({**mine, **target}).insert(ignore_permissions=True)
	assert not may_download(site, made["file"])


def test_a_file_put_on_a_picture_by_another_door_is_refused_without_the_role(site, patient, as_role):
	as_role("Clinic Practitioner")
	made = add_photo(patient)
	as_role("Clinic Receptionist")
	with pytest.raises(site.PermissionError):
		upload(site, PHOTO, made["name"], "a.jpg", picture())


def upload(site, doctype, name, file_name, content, is_private=0):
	values = {"doctype": "File", "file_name": file_name, "content": content, "is_private": is_private}
	doc = site.get_doc({**values, "attached_to_doctype": doctype, "attached_to_name": name})
	return doc.insert(ignore_permissions=True)


def test_frappes_own_upload_is_cleaned_and_hidden_as_well(site, patient, as_role):
	as_role("Clinic Practitioner")
	name = add_photo(patient)["name"]
	file = upload(site, PHOTO, name, "second.jpg", picture("blue"), is_private=0)
	stored = site.get_doc("File", file.name)
	assert stored.is_private == 1 and stored.file_url.startswith("/private/files/")
	with open(on_disk(site, stored.file_url), "rb") as content:
		assert b"camera" not in content.read()


def test_a_picture_saved_through_the_form_takes_the_file_just_uploaded(site, patient, as_role):
	as_role("Clinic Practitioner")
	file = upload(site, PHOTO, "new-clinic-photo-1", "form.jpg", picture("green"))
	values = {
		"doctype": PHOTO,
		"patient": patient,
		"stage": "After",
		"angle": "Left Side",
		"file": file.file_url,
	}
	doc = site.get_doc(values).insert()
	stored = site.get_doc("File", file.name)
	assert (stored.attached_to_name, stored.file_url) == (doc.name, doc.file)
	assert doc.thumbnail and may_download(site, doc.file)


def test_a_picture_cannot_name_the_file_of_another(site, patient, as_role):
	from clinic_core.foundation.errors import InvalidInputError

	as_role("Clinic Operator")
	paper = add_paper(patient)
	values = {
		"doctype": PHOTO,
		"patient": patient,
		"stage": "After",
		"angle": "Left Side",
		"file": paper["file"],
	}
	with pytest.raises(InvalidInputError, match="File"):
		site.get_doc(values).insert()


@pytest.mark.parametrize(
	("file_name", "content", "match"),
	[
		("a.pdf", b"<html>", "not what its name says"),
		("a.exe", b"MZ", "not kept here"),
		("a.pdf", b"", "empty"),
		("a.jpg", b"\xff\xd8\xff broken", "cannot be opened"),
	],
)
def test_a_file_that_lies_is_refused_and_nothing_stays(site, patient, as_role, file_name, content, match):
	from clinic_core.foundation.errors import InvalidInputError

	as_role("Clinic Practitioner")
	before = site.db.count("File"), site.db.count(PAPER)
	with pytest.raises(InvalidInputError, match=match):
		add_paper(patient, content, file_name)
	assert (site.db.count("File"), site.db.count(PAPER)) == before
	if file_name != "a.jpg" and content:  # Frappe itself opens a JPEG, and stores no empty file
		with pytest.raises(InvalidInputError, match=match):
			upload(site, "Clinic Patient", patient, file_name, content)


def test_reception_keeps_cards_but_sees_no_findings(site, patient, as_role):
	as_role("Clinic Practitioner")
	finding = add_paper(patient, title="HIV")
	as_role("Clinic Receptionist")
	card = add_paper(patient, picture(), "card.jpg", kind="Insurance Card", title="Card")
	assert card["thumbnail"]
	assert site.get_list(PAPER, {"patient": patient}, pluck="title") == ["Card"]
	assert not site.has_permission(PAPER, "read", doc=site.get_doc(PAPER, finding["name"]))
	assert not may_download(site, finding["file"])
	assert may_download(site, card["file"])
	with pytest.raises(site.PermissionError):
		add_paper(patient)


def test_mistakes_in_a_picture_are_named(site, patient, as_role):
	from clinic_core.foundation.errors import InvalidInputError

	as_role("Clinic Practitioner")
	with pytest.raises(InvalidInputError, match="Taken on"):
		add_photo(patient, taken_on=str(site.utils.add_days(site.utils.getdate(), 1)))
	with pytest.raises(InvalidInputError, match="Angle of this area"):
		add_photo(patient, angle="Other")
	with pytest.raises(InvalidInputError, match="File"):
		add_photo(patient, b"%PDF-1.7", "a.pdf")


def test_publication_is_asked_apart_from_treatment(site, patient, as_role, monkeypatch):
	from clinic_core.people.photos import photos

	as_role("Clinic Practitioner")
	doc = site.get_doc(PHOTO, add_photo(patient)["name"])
	monkeypatch.setattr(photos.gate, "may_use", lambda _person, _purpose: True)
	assert doc.may_use_for_treatment and not photos.may_publish(doc)
	doc.may_publish = 1
	doc.save()
	assert photos.may_publish(doc)
	doc.publish_until = site.utils.add_days(site.utils.getdate(), -1)
	assert not photos.may_publish(doc)
	doc.publish_until = None
	monkeypatch.setattr(photos.gate, "may_use", lambda _person, _purpose: False)
	assert not photos.may_publish(doc)
