"""The demo clinic: what it is made of is the apps' affair, here it is only asked for."""

from pathlib import Path

from devbench import sites
from devbench.paths import SITE, Bench
from devbench.settings import passwords
from devbench.ui import say, step

ROLES = {
	"manager": "Clinic Manager",
	"supervisor": "Clinic Branch Supervisor",
	"reception": "Clinic Receptionist",
	"cashier": "Clinic Cashier",
	"doctor": "Clinic Practitioner",
	"operator": "Clinic Operator",
	"consultant": "Clinic Consultant",
	"agent": "Clinic CRM Agent",
	"crm": "Clinic CRM Manager",
	"call": "Clinic Call Agent",
	"accountant": "Clinic Accountant",
}


def _marker(bench: Bench, site: str) -> Path:
	return bench.sites / site / ".clinic-demo"


def exists(bench: Bench) -> bool:
	"""True when the apps of this checkout bring a demo clinic."""
	core = bench.repo / "apps" / "clinic_core" / "clinic_core"
	return (core / "demo.py").is_file() or (core / "demo" / "__init__.py").is_file()


def users(bench: Bench, site: str) -> list[dict[str, str]]:
	"""Who can sign in: the administrator, and the demo's people once they are there."""
	if not (bench.run / "passwords.json").exists():
		return []
	known = passwords(bench)
	is_demo = site == SITE
	people = [
		{
			"user": "Administrator",
			"role": "System Manager",
			"password": known["admin" if is_demo else "test_admin"],
		}
	]
	if _marker(bench, site).exists():
		password = known["demo" if is_demo else "test_demo"]
		people += [
			{"user": f"{name}@clinic.example", "role": role, "password": password}
			for name, role in ROLES.items()
		]
	return people


def install(bench: Bench, site: str, lang: str) -> None:
	"""Fill the site with the demo clinic."""
	if not exists(bench):
		say("  ! this checkout has no demo clinic")
		return
	password = passwords(bench)["demo" if site == SITE else "test_demo"]
	with step("demo clinic"):
		sites.task(bench, site, "demo_install", "filling the demo clinic", lang=lang, password=password)
		_marker(bench, site).write_text(lang + "\n")


def remove(bench: Bench, site: str) -> None:
	"""Take the demo clinic out again."""
	with step("removing the demo clinic"):
		sites.task(bench, site, "demo_remove", "removing the demo clinic")
		_marker(bench, site).unlink(missing_ok=True)


def ensure(bench: Bench, site: str, lang: str) -> None:
	"""Install the demo clinic once."""
	if exists(bench) and not _marker(bench, site).exists():
		install(bench, site, lang)
