"""Debian packages the bench needs: installed when we may, named exactly when we may not."""

import os
import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from devbench.shell import run
from devbench.ui import Stop, step

Probe = Callable[[], bool]


def _program(*names: str) -> Probe:
	"""True when one of the programs can be run, also those that only root has on the path."""
	path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
	return lambda: any(shutil.which(name, path=path) for name in names)


def _file(*patterns: str) -> Probe:
	"""True when one of the patterns below /usr matches a file."""
	return lambda: any(next(Path("/usr").glob(pattern), None) for pattern in patterns)


def _module(*names: str) -> Probe:
	"""True when this interpreter can import the modules."""
	from importlib.util import find_spec

	return lambda: all(find_spec(name) for name in names)


def _headers() -> bool:
	"""True when C extensions can be built for this interpreter."""
	import sysconfig

	return (Path(sysconfig.get_path("include")) / "Python.h").is_file()


# Asked of the machine, not of dpkg: a program that came another way is as good.
NEEDED: dict[str, Probe] = {
	"mariadb-server": _program("mariadbd"),
	"mariadb-client": _program("mariadb"),
	"redis-server": _program("redis-server"),
	"nginx-light": _program("nginx"),
	"gpg": _program("gpg"),
	"nodejs": _program("node"),
	"npm": _program("npm"),
	"gcc": _program("gcc"),
	"pkg-config": _program("pkg-config"),
	"libmariadb-dev": _file("include/mariadb/mysql.h"),
	"libcairo2": _file("lib/*/libcairo.so.2"),
	"libpangoft2-1.0-0": _file("lib/*/libpangoft2-1.0.so.0"),
	"libgdk-pixbuf-2.0-0": _file("lib/*/libgdk_pixbuf-2.0.so.0"),
	"python3-venv": _module("venv", "ensurepip"),
	"python3-dev": _headers,
}
FOR_BROWSER_TESTS: dict[str, Probe] = {
	"chromium": _program("chromium", "chromium-browser", "google-chrome"),
	"fonts-noto-core": _file("share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"),
}


def find(*names: str) -> str:
	"""The full path of a program, also one that lies in sbin."""
	path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
	for name in names:
		if found := shutil.which(name, path=path):
			return found
	raise Stop(f"{names[0]} is not installed: run ./clinic up again")


def missing(packages: dict[str, Probe]) -> list[str]:
	"""The packages whose files are not there."""
	return [name for name, is_there in packages.items() if not is_there()]


def command_for(packages: list[str]) -> str:
	"""What a person types to install packages."""
	return "sudo apt-get install --no-install-recommends " + " ".join(packages)


def _check_host() -> None:
	"""Name what is not met before anything is downloaded."""
	if sys.version_info < (3, 11):
		raise Stop(f"Python 3.11 or newer is needed, this is {platform.python_version()}")
	if platform.system() != "Linux":
		raise Stop("the bench runs on Linux (Debian 12 is what it is tested on)")


def ensure(packages: dict[str, Probe], run_folder: Path, log: Path) -> None:
	"""Install what is missing as root; as another user stop with the exact command."""
	_check_host()
	names = missing(packages)
	if not names:
		return
	if os.geteuid() or not shutil.which("apt-get"):
		raise Stop(f"packages are missing: run  {command_for(names)}")
	with step("Debian packages: " + " ".join(names)):
		env = {"DEBIAN_FRONTEND": "noninteractive"}
		run(["apt-get", "update", "-q"], what="apt-get update", log=log, env=env)
		run(
			[
				"apt-get",
				"install",
				"-q",
				"-y",
				"--no-install-recommends",
				"-o",
				f"DPkg::Path={_quiet_path(run_folder)}",
				*names,
			],
			what="apt-get install",
			log=log,
			env=env,
		)
	if left := missing(packages):
		raise Stop(f"still missing after the installation: {' '.join(left)} (all of it in {log})")


def _quiet_path(run_folder: Path) -> str:
	"""A program path on which packages find no way to start Debian's own services.

	The bench runs private instances; a second MariaDB or nginx started by the
	installation would only hold ports and memory.
	"""
	folder = run_folder / "no-services"
	folder.mkdir(parents=True, exist_ok=True)
	for name in ("invoke-rc.d", "deb-systemd-invoke"):
		stub = folder / name
		stub.write_text("#!/bin/sh\nexit 0\n")
		stub.chmod(0o755)
	return f"{folder}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
