"""An official Frappe bench as it lies on disk: what must be there, and what must fit, before we touch it."""

import os
import pwd
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from devbench.stamp import read_json
from devbench.ui import Stop

SUPPORTED = (15, 16)
PARTS = (
	"apps/frappe/frappe/__init__.py",
	"sites/apps.txt",
	"sites/common_site_config.json",
	"env/bin/python",
	"Procfile",
)


@dataclass(frozen=True)
class OfficialBench:
	"""The folders of a bench that `bench init` made, or one laid out like it."""

	path: Path

	@property
	def apps(self) -> Path:
		"""Frappe and the other apps, one folder each."""
		return self.path / "apps"

	@property
	def sites(self) -> Path:
		"""The sites; Frappe's commands run from here."""
		return self.path / "sites"

	@property
	def python(self) -> Path:
		"""The interpreter of the bench's environment."""
		return self.path / "env" / "bin" / "python"

	def log(self, what: str) -> Path:
		"""Where the output of one step of attach or detach goes."""
		return self.path / "logs" / f"clinic-{re.sub('[^a-z0-9]+', '-', what.lower())}.log"

	def site_packages(self) -> Path:
		"""Where the environment looks for packages and .pth files."""
		found = sorted((self.path / "env" / "lib").glob("python3*/site-packages"))
		if not found:
			raise Stop(f"{self.path / 'env'} is no Python environment: it has no site-packages")
		return found[-1]

	def site_names(self) -> list[str]:
		"""The sites of the bench."""
		return sorted(config.parent.name for config in self.sites.glob("*/site_config.json"))

	def environment(self) -> dict[str, str]:
		"""What a process of this bench needs to know; also overrides what we ourselves run in."""
		return {
			"FRAPPE_BENCH_ROOT": str(self.path),
			"SITES_PATH": str(self.sites),
			"FRAPPE_SITE": "",
			"PYTHONPATH": str(Path(__file__).resolve().parent.parent),
			"PYTHONUNBUFFERED": "1",
			"PATH": f"{self.path / 'env' / 'bin'}{os.pathsep}{os.environ.get('PATH', '/usr/bin:/bin')}",
		}


def missing_parts(path: Path) -> list[str]:
	"""What a bench has and this folder does not."""
	return [part for part in PARTS if not (path / part).exists()]


def frappe_version(init_file: Path) -> str:
	"""Frappe's version as its package says, read without running it; raises Stop when it says none."""
	found = re.search(r"""^__version__\s*=\s*["']([^"']+)["']""", init_file.read_text(), re.MULTILINE)
	if not found:
		raise Stop(f"{init_file} names no version: this is not Frappe's package")
	return found[1]


def refuse_version(version: str) -> None:
	"""Raise Stop for a Frappe that our apps are not written for."""
	major = version.split(".")[0]
	if not major.isdigit() or int(major) not in SUPPORTED:
		wanted = " and ".join(str(number) for number in SUPPORTED)
		raise Stop(f"Frappe {version} is not supported: the clinic apps run on Frappe {wanted}")


def refuse_owner(path: Path, command: str) -> None:
	"""Raise Stop when the bench is another user's: files of ours in it would lock its owner out."""
	owner = path.stat().st_uid
	if owner == os.geteuid():
		return
	try:
		name = pwd.getpwuid(owner).pw_name
	except KeyError:
		name = str(owner)
	raise Stop(f"{path} belongs to the user {name}: run it as him:  sudo -u {name} -H {command}")


def refuse_site(sites: Iterable[str], site: str) -> None:
	"""Raise Stop unless the bench has the site; an address instead of a name is said as such."""
	known = sorted(sites)
	if site in known:
		return
	have = f"the sites are: {', '.join(known)}" if known else "it has no sites"
	if "/" in site or ":" in site:
		raise Stop(f"{site} is an address, not a site's name; {have}")
	raise Stop(f"this bench has no site {site}; {have}")


def _host(address: str) -> str:
	return (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()


def refuse_host(site: str, site_config: dict, common: dict) -> None:
	"""Raise Stop when the address in the site's configuration leads to another site or to none.

	Links in messages and on receipts are made from `host_name`. With names as addresses
	(`dns_multitenant`) the host must be the site's name or one of its `domains`.
	"""
	host = _host(str(site_config.get("host_name") or common.get("host_name") or ""))
	if not host or not common.get("dns_multitenant"):
		return
	domains = [item["domain"] if isinstance(item, dict) else item for item in site_config.get("domains", [])]
	if host not in {site.lower(), *(str(domain).lower() for domain in domains)}:
		raise Stop(
			f"host_name of {site} is {host}, which does not lead to this site: correct it with"
			f"  bench --site {site} set-config host_name https://{site}  or add the domain first"
		)


def refuse_database(site: str, site_config: dict, common: dict) -> None:
	"""Raise Stop for a site on another database than MariaDB: bookings lean on its locks."""
	kind = site_config.get("db_type") or common.get("db_type") or "mariadb"
	if kind != "mariadb":
		raise Stop(f"{site} is on {kind}: the clinic apps need MariaDB")


def refuse_no_build(bench: OfficialBench) -> None:
	"""Raise Stop when the bench cannot build assets: better before than after the apps are in."""
	frappe = bench.apps / "frappe"
	path = bench.environment()["PATH"]
	if "build" not in read_json(frappe / "package.json").get("scripts", {}):
		raise Stop(f"{frappe} has no build for assets (package.json): it is not a whole checkout of Frappe")
	for program in ("node", "yarn"):
		if not shutil.which(program, path=path):
			raise Stop(f"{program} is not installed: the bench's own build of assets needs it")
	if not (frappe / "node_modules").exists():
		raise Stop(f"{frappe} has no node_modules: run  bench setup requirements --node  first")


def check(path: Path, site: str, command: str) -> OfficialBench:
	"""Everything about a bench that can be seen without changing or running anything.

	`command` is what the person typed, for the advice to run it as another user.
	Raises Stop with what is wrong.
	"""
	if not path.is_dir():
		raise Stop(f"there is no folder {path}")
	if missing := missing_parts(path):
		raise Stop(f"{path} is not a Frappe bench: it has no {', no '.join(missing)}")
	bench = OfficialBench(path.resolve())
	refuse_owner(bench.path, command)
	refuse_version(frappe_version(bench.apps / "frappe" / "frappe" / "__init__.py"))
	refuse_site(bench.site_names(), site)
	return bench
