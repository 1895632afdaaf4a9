"""The public page of the demo clinic: profile, pictures, articles and comments."""

import datetime
from pathlib import Path

import frappe
from frappe.utils import get_files_path

from clinic_core.demo.catalog import DEPARTMENTS
from clinic_core.demo.catalog import SERVICES as CATALOG
from clinic_core.demo.drawings import Size, draw
from clinic_core.demo.profile_texts import ARTICLES, LINKS, PRICES_SHOWN, PROFILE, REVIEWS, SERVICES
from clinic_core.demo.world import World
from clinic_core.service_catalog.pictures import image_files, images
from clinic_core.service_catalog.public_page import page_cache

PROFILE_TYPE = "Clinic Public Profile"
FILE_MARK = "clinic-demo-"
SIZE = (960, 640)
GALLERY = (("waves", "#0E7C86"), ("petals", "#B08968"), ("rings", "#4C6EF5"))
"""Drawn once and shown in the galleries of several services: scaling pictures is the slow part."""


def build(world: World) -> None:
	"""Fill the public page, unless the clinic has one of its own."""
	if frappe.db.get_singles_dict(PROFILE_TYPE).get("tagline"):
		return
	own = {name for doctype, name in world.manifest["masters"] if doctype == "Clinic Service"}
	_profile(world)
	_services(world, own)
	_articles(world, own)
	_reviews(world, own)
	world.later.append(lambda: _show_pictures(world, own))
	world.say("a public page with pictures, articles and comments")


def removed() -> None:
	"""The demo clinic is gone: its drawings and their public copies go, too (`clinic_demo_removed`).

	After the commit: a file that is gone does not come back with a rollback.
	"""
	frappe.db.after_commit.add(_remove_drawings)
	page_cache.forget()


def _remove_drawings() -> None:
	"""Those that no record uses any more: services that people went on using keep theirs."""
	folder = "/private/files/"
	used = set(frappe.get_all("File", {"file_url": ("like", f"{folder}{FILE_MARK}%")}, pluck="file_url"))
	for path in Path(get_files_path(is_private=True)).glob(f"{FILE_MARK}*.jpg"):
		if folder + path.name not in used:
			path.unlink(missing_ok=True)
	images.remove_unused(image_files.hashes_in(images.folder()))


def _profile(world: World) -> None:
	for field, pair in PROFILE.items():
		world.change(PROFILE_TYPE, PROFILE_TYPE, field, world.text(pair))
	world.change(
		PROFILE_TYPE, PROFILE_TYPE, "cover", _picture(world, "cover", "waves", "#0E7C86", 7, (1280, 640))
	)
	for idx, (kind, url) in enumerate(LINKS, start=1):
		row = frappe.get_doc(
			{
				"doctype": "Clinic Public Link",
				"parent": PROFILE_TYPE,
				"parenttype": PROFILE_TYPE,
				"parentfield": "links",
				"idx": idx,
				"kind": kind,
				"url": url,
			}
		)
		row.db_insert()
		world.adopt("Clinic Public Link", row.name)


def _services(world: World, own: set[str]) -> None:
	"""Through the documents themselves: their rules hold for the demo, too."""
	colours = {code: colour for code, _title, _kind, colour in DEPARTMENTS}
	rooms = [
		_picture(world, f"room-{number}", kind, colour, number + 11)
		for number, (kind, colour) in enumerate(GALLERY)
	]
	departments = {service[0]: service[1] for service in CATALOG}
	for name in sorted(own & {*SERVICES, *PRICES_SHOWN}):
		doc = frappe.get_doc("Clinic Service", name)
		doc.show_price = int(name in PRICES_SHOWN)
		spec = SERVICES.get(name)
		if spec:
			colour = colours[departments[name]]
			doc.summary, doc.description = world.text(spec["summary"]), world.text(spec["description"])
			doc.photo = _picture(world, name, spec["kind"], colour, sum(map(ord, name)))
			for room in rooms[: spec["gallery"]]:
				doc.append("gallery", {"image": room})
		doc.save(ignore_permissions=True)


def _articles(world: World, own: set[str]) -> None:
	for number, spec in enumerate(ARTICLES):
		world.once(
			"Clinic Article",
			{"slug": world.text(spec["slug"])},
			title=world.text(spec["title"]),
			summary=world.text(spec["summary"]),
			body=world.text(spec["body"]),
			cover=_picture(world, f"article-{number}", spec["kind"], spec["colour"], number + 31),
			status="Published",
			published_on=world.today - datetime.timedelta(days=spec["days_ago"]),
			services=[{"service": service} for service in spec["services"] if service in own],
		)


def _reviews(world: World, own: set[str]) -> None:
	for service, days, stars, status, name, text, reply in REVIEWS:
		if service not in own:
			continue
		moment = world.now - datetime.timedelta(days=days, hours=3)
		world.add(
			"Clinic Service Review",
			when=moment,
			owner="Guest",
			service=service,
			visitor_name=world.text(name),
			text=world.text(text),
			stars=stars,
			status=status,
			reply=world.text(reply) if reply else None,
			published_at=moment + datetime.timedelta(hours=2) if status == "Published" else None,
			reason="links" if status == "Spam" else None,
		)


def _picture(world: World, key: str, kind: str, colour: str, seed: int, size: Size = SIZE) -> str:
	"""Store a drawing as a private file. Returns its address."""
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{FILE_MARK}{key.lower()}.jpg",
			"content": draw(kind, colour, seed, size),
			"is_private": 1,
		}
	).insert(ignore_permissions=True)
	world.adopt("File", file.name)
	return file.file_url


def _show_pictures(world: World, own: set[str]) -> None:
	"""Make the public copies now: a worker would make them a moment later."""
	shown = [("Clinic Service", name) for name in sorted(own & set(SERVICES))]
	shown += [(doctype, name) for doctype, name in world.manifest["masters"] if doctype == "Clinic Article"]
	for doctype, name in [*shown, (PROFILE_TYPE, PROFILE_TYPE)]:
		images.sync(doctype, name)
	for row in frappe.get_all(images.DOCTYPE, {"reference_doctype": PROFILE_TYPE}, order_by="name asc"):
		world.adopt(images.DOCTYPE, row.name)
