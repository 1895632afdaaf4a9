"""Help addresses: only those of the web, players for videos (A86)."""

import pytest
from clinic_core.foundation.help_links import help_for, is_web_address


@pytest.mark.parametrize(
	("url", "kind", "src"),
	[
		("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "frame", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
		("https://youtube.com/watch?t=1&v=dQw4w9WgXcQ&x=2", "frame", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
		("https://youtu.be/dQw4w9WgXcQ", "frame", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
		("https://www.aparat.com/v/abc12XY", "frame", "https://www.aparat.com/video/video/embed/videohash/abc12XY/vt/frame"),
		("https://vimeo.com/123456789", "frame", "https://player.vimeo.com/video/123456789"),
		("https://clinic.example/help/sessions.MP4?x=1", "file", "https://clinic.example/help/sessions.MP4?x=1"),
		(" https://clinic.example/help ", "page", "https://clinic.example/help"),
		("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", "page", "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ"),
		("https://www.youtube.com/@clinic", "page", "https://www.youtube.com/@clinic"),
	],
)  # fmt: skip
def test_how_an_address_is_shown(url, kind, src):
	assert help_for(url) == (kind, src)


@pytest.mark.parametrize(
	"url", ["", None, "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "/files/a.mp4", "ftp://a/b", "https://", "http://["]
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_shown(url):
	assert help_for(url) is None
	assert not is_web_address(url or "")
