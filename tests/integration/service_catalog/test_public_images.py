"""Pictures of the public page: checked when saved, public as long as they are shown, gone afterwards."""

import io

import pytest
from clinic_core.foundation.errors import InvalidInputError
from PIL import Image

from tests.integration.service_catalog.public_page_world import PublicPage, picture


@pytest.fixture
def world(site):
	from clinic_core.service_catalog.pictures import images

	before = images.image_files.hashes_in(images.folder())
	yield PublicPage(site)
	for file_hash in images.image_files.hashes_in(images.folder()) - before:
		images.image_files.remove_variants(images.folder(), file_hash)


@pytest.fixture
def work(site, monkeypatch):
	"""`work()` does what was left to the workers, as they would after the commit. Returns what was made."""
	left = []
	monkeypatch.setattr(site, "enqueue", lambda method, **given: left.append((method, given)))

	def run():
		made = 0
		for method, given in left:
			given.pop("enqueue_after_commit", None)
			if method.endswith("images.sync"):
				made += site.get_attr(method)(**given)
		left.clear()
		return made

	return run


def copies(site, doc):
	from clinic_core.service_catalog.pictures import images

	rows = site.get_all(
		images.DOCTYPE, {"reference_doctype": doc.doctype, "reference_name": doc.name}, ["file_hash"]
	)
	return [path for row in rows for path in images.folder().glob(f"{row.file_hash}-*")]


@pytest.mark.parametrize(
	("content", "problem"),
	[
		(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "JPEG, PNG or WebP"),
		(b"GIF89a" + b"\0" * 50, "JPEG, PNG or WebP"),
		(b"\x89PNG\r\n\x1a\n" + b"no picture" * 9, "damaged"),
	],
)
def test_a_wrong_type_is_refused_naming_field_and_file(world, content, problem):
	address = world.upload(content, "photo.png")
	with pytest.raises(InvalidInputError) as refused:
		world.service(photo=address)
	assert "Photo" in str(refused.value) and problem in str(refused.value)


def test_a_decompression_bomb_is_refused_before_it_is_unpacked(world):
	content = io.BytesIO()
	Image.new("1", (9000, 9000)).save(content, "PNG")
	with pytest.raises(InvalidInputError, match="million pixels"):
		world.service(photo=world.upload(content.getvalue(), "bomb.png"))


def test_a_picture_of_more_than_ten_megabytes_is_refused(site, world, monkeypatch):
	from clinic_core.service_catalog.pictures import image_rules

	monkeypatch.setattr(image_rules, "MAX_BYTES", 1000)
	with pytest.raises(InvalidInputError, match="larger than"):
		world.service(photo=world.upload(picture() + b"\0" * 2000))


def test_a_row_of_the_gallery_is_named(world):
	good, bad = world.upload(), world.upload(b"GIF89a" + b"\0" * 50, "b.gif")
	with pytest.raises(InvalidInputError, match="Gallery, row 2"):
		world.service(gallery=[{"image": good}, {"image": bad}])


def test_a_private_file_of_another_document_cannot_be_published_by_its_address(site, world):
	branch = site.get_all("Clinic Branch", pluck="name", limit=1)[0]
	secret = world.upload(attached_to_doctype="Clinic Branch", attached_to_name=branch)
	with pytest.raises(InvalidInputError, match="belongs to something else"):
		world.service(photo=secret)


@pytest.mark.parametrize(
	"address",
	["https://elsewhere.example/a.png", "/private/files/../../site_config.json", "data:image/png,x"],
)
def test_nothing_is_read_from_elsewhere(world, address):
	with pytest.raises(InvalidInputError):
		world.service(photo=address)


def test_copies_are_public_while_shown_and_gone_when_hidden(site, world, work):
	service = world.service(photo=world.upload())
	assert work() == 1
	made = copies(site, service)
	assert {path.suffix for path in made} == {".webp", ".jpg"}
	html, _status = world.page(service.route)
	assert "/files/clinic-center/" in html and "/private/" not in html
	assert 'loading="lazy"' in world.page()[0] and "srcset" in html

	service.show_in_profile = 0
	service.save()
	work()
	assert not any(path.exists() for path in made)
	assert world.page(service.route)[1] == 404


@pytest.mark.parametrize("values", [{"status": "Inactive"}, {"photo": None}])
def test_taking_a_service_out_of_use_or_its_picture_away_removes_the_copies(site, world, work, values):
	service = world.service(photo=world.upload())
	work()
	made = copies(site, service)
	service.update(values)
	service.save()
	work()
	assert made and not any(path.exists() for path in made)


def test_a_deleted_service_leaves_no_picture_behind(site, world, work):
	from clinic_core.service_catalog.pictures import images

	service = world.service(photo=world.upload())
	work()
	made = copies(site, service)
	service.delete()
	assert not site.db.exists(images.DOCTYPE, {"reference_name": service.name})
	work()
	assert made and not any(path.exists() for path in made)


def test_a_picture_two_services_share_stays_for_the_other(site, world, work):
	address = world.upload()
	one, other = world.service(photo=address), world.service(photo=address)
	work()
	assert copies(site, one) == copies(site, other)
	one.show_in_profile = 0
	one.save()
	work()
	assert copies(site, other) and all(path.exists() for path in copies(site, other))


def test_making_copies_again_changes_nothing(site, world, work):
	from clinic_core.service_catalog.pictures import images

	service = world.service(photo=world.upload())
	assert work() == 1
	assert images.sync(service.doctype, service.name) == 0


def test_the_night_makes_what_is_missing_and_deletes_what_nobody_shows(site, world):
	from clinic_core.service_catalog.pictures import images

	service = world.service(photo=world.upload())
	images.folder().mkdir(parents=True, exist_ok=True)
	stray = images.folder() / "nobodyshowsthis-320.webp"
	stray.write_bytes(b"x")
	images.sweep()
	assert copies(site, service) and not stray.exists()


def test_the_original_stays_private(site, world, work):
	service = world.service(photo=world.upload())
	work()
	assert service.photo.startswith("/private/files/")
	assert site.db.get_value("File", {"file_url": service.photo}, "is_private") == 1
