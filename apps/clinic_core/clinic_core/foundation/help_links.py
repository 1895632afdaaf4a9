"""Training videos beside the tabs of a form (A86): which addresses may be shown, and how. Pure."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

_PLAYERS = (
	# (host, what of the path or query names the video, address of the player)
	(
		re.compile(r"^(www\.|m\.)?youtube(-nocookie)?\.com$"),
		re.compile(r"^/(?:watch\?(?:.*&)?v=|embed/|shorts/)([\w-]{6,20})"),
		"https://www.youtube-nocookie.com/embed/{0}",
	),
	(
		re.compile(r"^youtu\.be$"),
		re.compile(r"^/([\w-]{6,20})"),
		"https://www.youtube-nocookie.com/embed/{0}",
	),
	(
		re.compile(r"^(www\.)?aparat\.com$"),
		re.compile(r"^/(?:v/|video/video/embed/videohash/)(\w{3,20})"),
		"https://www.aparat.com/video/video/embed/videohash/{0}/vt/frame",
	),
	(
		re.compile(r"^(www\.|player\.)?vimeo\.com$"),
		re.compile(r"^/(?:video/)?(\d{4,15})"),
		"https://player.vimeo.com/video/{0}",
	),
)
_FILE = re.compile(r"\.(mp4|webm|m4v)$", re.IGNORECASE)

HELP_TABS = ("specs", "profile", "sessions", "dental", "insurance")
"""What has a help address of its own: the field of Clinic Settings is `help_<tab>_url`."""

FRAME = "frame"
FILE = "file"
PAGE = "page"


class Help(NamedTuple):
	"""How to show a help address: `kind` frame (a player), file (a video) or page (a new tab)."""

	kind: str
	src: str


def is_web_address(url: str) -> bool:
	"""Whether the address is one of the web: `javascript:` and the like are none."""
	try:
		parts = urlsplit(url.strip())
	except ValueError:
		return False
	return parts.scheme in ("http", "https") and bool(parts.netloc)


def help_for(url: str | None) -> Help | None:
	"""How to show a help address; None if there is none or it is not one of the web."""
	address = (url or "").strip()
	if not address or not is_web_address(address):
		return None
	parts = urlsplit(address)
	path = f"{parts.path}?{parts.query}" if parts.query else parts.path
	for host, video, player in _PLAYERS:
		found = video.match(path) if host.match((parts.hostname or "").lower()) else None
		if found:
			return Help(FRAME, player.format(found[1]))
	return Help(FILE if _FILE.search(parts.path) else PAGE, address)
