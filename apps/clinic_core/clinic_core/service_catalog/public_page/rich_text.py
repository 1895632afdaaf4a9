"""Cleans formatted text before strangers see it: an allowlist of tags, attributes and addresses. Pure.

What comes out is built anew from what was understood, so a tag or attribute that is not named here does
not exist in it, whatever trick it was written with.
"""

from html import escape
from html.parser import HTMLParser

_TAGS = {
	"a", "b", "blockquote", "br", "div", "em", "h2", "h3", "h4", "hr", "i", "img", "li", "ol", "p", "s",
	"span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4", "strike": "s", "del": "s"}
_EMPTY = {"br", "hr", "img"}
_SILENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "textarea"}
"""Their content is no text for readers."""
_CLASSES = {
	"ql-align-center", "ql-align-right", "ql-align-justify", "ql-direction-rtl",
	"ql-indent-1", "ql-indent-2", "ql-indent-3",
}  # fmt: skip
_LINKS = ("http://", "https://", "mailto:", "tel:", "/center", "/book", "/lead/")


def clean_html(html: str | None) -> str:
	"""The harmless part of formatted text, well-formed. Pictures only from the public files of the site."""
	writer = _Writer()
	writer.feed(html or "")
	writer.close()
	return writer.result()


def plain_text(html: str | None, length: int | None = None) -> str:
	"""The words of formatted text in one line, cut at a word after `length` characters."""
	reader = _Reader()
	reader.feed(html or "")
	reader.close()
	words = " ".join("".join(reader.parts).split())
	if length is None or len(words) <= length:
		return words
	return words[:length].rsplit(" ", 1)[0].rstrip("،,.;:") + " …"


class _Writer(HTMLParser):
	def __init__(self) -> None:
		super().__init__(convert_charrefs=True)
		self._parts: list[str] = []
		self._open: list[str] = []
		self._silent: list[str] = []

	def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
		if tag in _SILENT:
			self._silent.append(tag)
		tag = _RENAMED.get(tag, tag)
		if self._silent or tag not in _TAGS:
			return
		given = _attributes(tag, dict(attrs))
		if tag == "img" and "src" not in given:
			return
		self._parts.append("<" + tag + "".join(f' {k}="{escape(v)}"' for k, v in given.items()) + ">")
		if tag not in _EMPTY:
			self._open.append(tag)

	def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
		if tag not in _SILENT:
			self.handle_starttag(tag, attrs)

	def handle_endtag(self, tag: str) -> None:
		if self._silent:
			if tag == self._silent[-1]:
				self._silent.pop()
			return
		tag = _RENAMED.get(tag, tag)
		if tag not in self._open:
			return
		while True:
			last = self._open.pop()
			self._parts.append(f"</{last}>")
			if last == tag:
				return

	def handle_data(self, data: str) -> None:
		if not self._silent:
			self._parts.append(escape(data, quote=False))

	def result(self) -> str:
		return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))


class _Reader(HTMLParser):
	def __init__(self) -> None:
		super().__init__(convert_charrefs=True)
		self.parts: list[str] = []
		self._silent: list[str] = []

	def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
		if tag in _SILENT:
			self._silent.append(tag)
		elif tag in ("br", "p", "div", "li", "td", "th", "h1", "h2", "h3", "h4"):
			self.parts.append(" ")

	def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
		if tag not in _SILENT:
			self.handle_starttag(tag, attrs)

	def handle_endtag(self, tag: str) -> None:
		if self._silent and tag == self._silent[-1]:
			self._silent.pop()

	def handle_data(self, data: str) -> None:
		if not self._silent:
			self.parts.append(data)


def _attributes(tag: str, given: dict[str, str | None]) -> dict[str, str]:
	kept: dict[str, str] = {}
	classes = [one for one in (given.get("class") or "").split() if one in _CLASSES]
	if classes:
		kept["class"] = " ".join(classes)
	if tag == "a":
		kept.update(_link(given.get("href")))
	if tag == "img":
		kept.update(_picture(given))
	if tag == "li" and given.get("data-list") in ("bullet", "ordered"):
		kept["data-list"] = given["data-list"] or ""
	if tag in ("td", "th"):
		kept.update({k: v for k in ("colspan", "rowspan") if (v := given.get(k) or "").isdecimal()})
	return kept


def _link(href: str | None) -> dict[str, str]:
	address = "".join(sign for sign in href or "" if sign.isprintable()).strip()
	if not address.lower().startswith(_LINKS):
		return {}
	outward = {"rel": "noopener nofollow", "target": "_blank"} if address.lower().startswith("http") else {}
	return {"href": address, **outward}


def _picture(given: dict[str, str | None]) -> dict[str, str]:
	source = (given.get("src") or "").strip()
	if not source.startswith("/files/") or ".." in source or source.lower().endswith(".svg"):
		return {}
	return {"src": source, "alt": given.get("alt") or "", "loading": "lazy", "decoding": "async"}
