"""Building the bundles of Frappe and of our apps when their sources changed."""

import os
from pathlib import Path

from devbench import frappe_source
from devbench.debian import find
from devbench.paths import Bench
from devbench.shell import run
from devbench.stamp import Stamp, tree_digest
from devbench.ui import step


def _sources(bench: Bench, app: str) -> list[Path]:
	"""Every file of an app's public folder that is not itself a product."""
	public = bench.repo / "apps" / app / app / "public"
	return [
		path
		for path in public.rglob("*")
		if path.is_file() and not {"dist", "node_modules"} & set(path.relative_to(public).parts)
	]


def _builder(bench: Bench) -> list[Path]:
	"""What the result depends on besides the sources."""
	folder = bench.devbench / "assets"
	return [folder / "build.mjs", folder / "plugins.mjs", folder / "package-lock.json"]


def build(bench: Bench, *apps: str) -> None:
	"""Build the bundles of these apps: by the chosen Frappe's own build if it brings one, else by ours."""
	if frappe_source.own_build(bench):
		frappe_source.build(bench, list(apps))
		return
	run(
		[find("node"), bench.devbench / "assets" / "build.mjs", bench.root, "--apps", ",".join(apps)],
		what="building the assets",
		log=bench.logs / "assets.log",
	)


def watch(bench: Bench) -> None:
	"""Rebuild our apps' bundles at every change, in the foreground, until interrupted."""
	node = find("node")
	os.execv(node, [node, str(bench.devbench / "assets" / "build.mjs"), str(bench.root), "--watch"])


def ensure(bench: Bench) -> None:
	"""Frappe's bundles once per version of Frappe and of the builder; ours when their sources changed."""
	register = bench.sites / "assets" / "assets.json"
	stamps = bench.run / "stamps"
	frappe = Stamp(stamps, "assets-frappe", stamps / "frappe", *_builder(bench), str(bench.root))
	if not frappe.is_current(register, bench.apps / "frappe" / "frappe" / "public" / "dist"):
		with step("Frappe's assets"):
			frappe.clear()
			build(bench, "frappe")
			frappe.set()
	for app in bench.own_apps():
		sources = _sources(bench, app)
		if not sources:
			continue
		stamp = Stamp(
			stamps, f"assets-{app}", tree_digest(sources, bench.repo), *_builder(bench), stamps / "frappe"
		)
		dist = bench.repo / "apps" / app / app / "public" / "dist"
		needs_dist = any(".bundle." in path.name for path in sources)
		if not stamp.is_current(register, *([dist] if needs_dist else [])):
			with step(f"assets of {app}"):
				stamp.clear()
				build(bench, app)
				stamp.set()
