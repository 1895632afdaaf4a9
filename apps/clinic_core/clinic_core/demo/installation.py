"""Installs the demo clinic, in the order in which its parts build on each other."""

import time

import frappe

from clinic_core.demo import (
	contracts,
	diary,
	group_class,
	manifest,
	masters,
	messages,
	people,
	privacy,
	public_page,
	rules,
	staff,
	waiting,
)
from clinic_core.demo.world import World

HOOK = "clinic_demo"


def install(lang: str = "en", password: str | None = None) -> dict[str, int]:
	"""Fill the site with the demo clinic; a second call does nothing.

	`lang` is "en" or "fa"; `password` is that of all demo users (a strong random one if None, which
	is printed once). Returns the number of rows written. Raises ValueError for another language.
	"""
	if lang not in ("en", "fa"):
		raise ValueError(f"the demo clinic speaks en and fa, not {lang}")
	if manifest.read():
		print("  demo: the demo clinic is already here", flush=True)  # noqa: T201 (a command's output)
		return {"rows": 0}
	begun = time.monotonic()
	frappe.flags.mute_emails = True
	world = World(lang)
	staff.build(world, password)
	for part in (
		masters.build,
		staff.build_members,
		public_page.build,
		people.build,
		privacy.build,
		contracts.build,
		diary.build,
		waiting.build,
		messages.build,
		rules.build,
		group_class.build,
	):
		part(world)
	for handler in frappe.get_hooks(HOOK):
		frappe.get_attr(handler)(world)
	rows = world.flush()
	manifest.write(world.manifest)
	frappe.db.commit()  # the demo is one command of its own
	frappe.clear_cache()
	world.say(f"{rows} rows in {time.monotonic() - begun:.0f} s")
	return {"rows": rows}
