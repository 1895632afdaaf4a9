"""Where everything of the local bench lies: all of it under one git-ignored folder."""

from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
APPS = ("clinic_core", "clinic_crm", "clinic_reception")
SITE = "clinic.localhost"
TEST_SITE = "test.localhost"
TIME_ZONE = "Asia/Tehran"
"""Where the clinics of development and of the tests are."""


@dataclass(frozen=True)
class Bench:
	"""The folders of one bench. `repo` is a parameter so that tests can use a temporary one."""

	repo: Path = REPO

	@property
	def root(self) -> Path:
		"""Everything that can be deleted and made again."""
		return self.repo / ".bench"

	@property
	def devbench(self) -> Path:
		"""The provisioning code itself, with its lock files."""
		return self.repo / "devbench"

	@property
	def env(self) -> Path:
		"""The Python environment."""
		return self.root / "env"

	@property
	def python(self) -> Path:
		"""The environment's interpreter."""
		return self.env / "bin" / "python"

	@property
	def npm(self) -> Path:
		"""The folder whose node_modules Frappe's assets and the realtime server use."""
		return self.root / "npm"

	@property
	def bench(self) -> Path:
		"""What Frappe calls the bench: apps/ and sites/."""
		return self.root / "bench"

	@property
	def apps(self) -> Path:
		"""Frappe itself and links to our apps."""
		return self.bench / "apps"

	@property
	def sites(self) -> Path:
		"""Frappe's sites folder; its commands run from here."""
		return self.bench / "sites"

	@property
	def cache(self) -> Path:
		"""Downloads."""
		return self.root / "cache"

	@property
	def data(self) -> Path:
		"""Databases of MariaDB and Redis."""
		return self.root / "data"

	@property
	def conf(self) -> Path:
		"""Rendered configuration files of the services."""
		return self.root / "conf"

	@property
	def logs(self) -> Path:
		"""One log per process group and per provisioning step."""
		return self.root / "logs"

	@property
	def mail(self) -> Path:
		"""Outgoing mail ends here as .eml files."""
		return self.root / "mail"

	@property
	def run(self) -> Path:
		"""State: ports, passwords, stamps, process ids."""
		return self.root / "run"

	def own_apps(self) -> list[str]:
		"""Those of our apps that exist in this checkout, in the order they are installed."""
		return [app for app in APPS if (self.repo / "apps" / app / app / "hooks.py").is_file()]

	def make_folders(self) -> None:
		"""Create every folder; harmless when they exist."""
		for folder in (
			self.npm,
			self.apps,
			self.sites / "assets",
			self.bench / "logs",
			self.cache,
			self.data,
			self.conf,
			self.logs,
			self.mail,
			self.run / "stamps",
		):
			folder.mkdir(parents=True, exist_ok=True)
