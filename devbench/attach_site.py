"""The site that attach works on, seen from outside: each method is one run of the bench's own Python."""

import json
from dataclasses import dataclass
from typing import Any

from devbench import attach_files as files
from devbench.official import OfficialBench
from devbench.paths import APPS
from devbench.shell import run
from devbench.stamp import read_json
from devbench.ui import Stop, say


@dataclass(frozen=True)
class AttachedSite:
	"""One site of an official bench."""

	bench: OfficialBench
	name: str

	def configuration(self) -> tuple[str, dict[str, Any], dict[str, Any]]:
		"""The name, the site's configuration and what all sites share."""
		sites = self.bench.sites
		return (
			self.name,
			read_json(sites / self.name / "site_config.json"),
			read_json(sites / "common_site_config.json"),
		)

	def _task(self, task: str, what: str) -> dict[str, Any]:
		"""Run one of attach_tasks.py; its answer is the last line."""
		output = run(
			[self.bench.python, "-m", "devbench.attach_tasks", self.name, task],
			what=what,
			cwd=self.bench.sites,
			env=self.bench.environment(),
			log=self.bench.log(what),
		)
		return json.loads(output.strip().splitlines()[-1])

	def _frappe(self, *arguments: str, what: str) -> str:
		"""Run one of Frappe's commands, as `bench` does it."""
		return run(
			[self.bench.python, "-m", "frappe.utils.bench_helper", "frappe", *arguments],
			what=what,
			cwd=self.bench.sites,
			env=self.bench.environment(),
			log=self.bench.log(what),
		)

	def state(self) -> dict[str, Any]:
		"""Which of our apps it has, whether data of ours sleeps in it, and the first clash of names."""
		return self._task("state", f"connecting to {self.name}")

	def install(self) -> None:
		"""Install the apps in their order."""
		for app in APPS:
			self._frappe("--site", self.name, "install-app", app, what=f"installing {app}")

	def wake(self) -> None:
		"""Bring back what sleeps and bring it in line with the code, which may be newer."""
		self.unpark()
		self._frappe("--site", self.name, "migrate", "--skip-search-index", what=f"migrating {self.name}")

	def park(self) -> None:
		"""Put the apps to sleep."""
		self._task("park", "putting the apps to sleep")

	def unpark(self) -> None:
		"""Wake the apps, without migrating."""
		self._task("unpark", "waking the apps")

	def remove(self) -> None:
		"""Uninstall the apps with their data, also when they are there only in part."""
		self._task("remove", "uninstalling the apps")

	def backup(self) -> None:
		"""Frappe's own backup of the database."""
		self._frappe("--site", self.name, "backup", what=f"backing {self.name} up")

	def clear_cache(self) -> None:
		"""Let Frappe forget hooks, metadata, pages and the register of assets."""
		self._task("clear_cache", "clearing the cache")

	def build(self) -> None:
		"""Build our bundles as `bench build` does it."""
		self._frappe("build", "--apps", ",".join(APPS), what="building the assets")
		self.clear_cache()

	def verify(self) -> None:
		"""Raise Stop unless the apps are installed, their bundles built and a request is answered."""
		if missing := files.missing_bundles(self.bench, APPS):
			raise Stop(f"the build did not make {', '.join(missing)} (see {self.bench.path / 'logs'})")
		answer = self._task("verify", "asking the site")
		if answer["installed"] != list(APPS):
			raise Stop(f"the site has only {answer['installed']}, and Frappe does not say why")
		if answer["status"] != 200:
			raise Stop(f"the site answers with {answer['status']}: {answer['answer']}")
		if not json.loads(answer["answer"]).get("message", {}).get("ok"):
			say("  ! the clinic answers, and says that something is not well: look at Clinic Health")
