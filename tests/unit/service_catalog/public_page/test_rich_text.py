"""Formatted text that strangers see: what is harmless stays, everything else does not exist."""

import re

import pytest
from clinic_core.service_catalog.public_page.rich_text import clean_html, plain_text
from hypothesis import given
from hypothesis import strategies as st

TRICKS = [
	"<script>alert(1)</script>",
	"<img src=x onerror=alert(1)>",
	"<img src='/files/a.jpg' onerror=alert(1)>",
	"<a href='javascript:alert(1)'>x</a>",
	"<a href='JaVa\tScript:alert(1)'>x</a>",
	"<a href='&#106;avascript:alert(1)'>x</a>",
	"<a href=' data:text/html,<script>alert(1)</script>'>x</a>",
	"<a href='//evil.example'>x</a>",
	"<svg onload=alert(1)><circle/></svg>",
	"<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
	"<iframe src='https://evil.example'></iframe>",
	"<p style='position:fixed' onclick='alert(1)'>x</p>",
	"<p class='modal ql-align-center'>x</p>",
	"<style>*{display:none}</style>",
	"<form action='https://evil.example'><input name=a></form>",
	"<scr<script>ipt>alert(1)</scr</script>ipt>",
	"<!--><script>alert(1)</script>-->",
	"<div><p>open <b>never closed",
	"</div></main></body>",
	"<object data='x'></object><embed src='x'>",
	"<img src='/files/a.svg'><img src='/private/files/a.jpg'><img src='/files/../private/files/a.jpg'>",
	"<table><tr><td colspan='2' onmouseover='x'>1</td></tr></table>",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_survives(trick):
	cleaned = clean_html(trick)
	tags = re.findall(r"<[^>]*>", cleaned)
	for word in ("script", "onerror", "onclick", "onload", "onmouseover", "style", "iframe", "svg", "form"):
		assert not any(word in tag.lower() for tag in tags), cleaned
	assert not any("javascript" in tag.lower() or "data:" in tag.lower() for tag in tags)
	assert "private" not in cleaned and ".svg" not in cleaned and "//evil" not in cleaned
	assert "modal" not in cleaned


@given(st.text(alphabet="<>/abpius \"'=&;#javascript:onerror", max_size=120))
def test_whatever_comes_the_result_is_well_formed_and_stable(text):
	cleaned = clean_html(text)
	opened = []
	for closing, tag in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", cleaned):
		if closing:
			assert opened.pop() == tag
		elif tag not in ("br", "hr", "img"):
			opened.append(tag)
	assert not opened
	assert clean_html(cleaned) == cleaned


def test_what_an_editor_writes_stays():
	text = (
		'<h2>درمان</h2><p class="ql-align-center ql-direction-rtl"><strong>متن</strong> &amp; <em>بیشتر</em></p>'
		'<ol><li data-list="bullet">یک</li></ol>'
	)
	assert clean_html(text) == text


def test_links_to_other_sites_open_apart_and_lend_no_reputation():
	assert clean_html('<a href="https://a.example">a</a>') == (
		'<a href="https://a.example" rel="noopener nofollow" target="_blank">a</a>'
	)
	assert clean_html('<a href="/center/botox">a</a>') == '<a href="/center/botox">a</a>'


def test_titles_of_the_page_are_not_taken_by_a_text():
	assert clean_html("<h1>x</h1>") == "<h2>x</h2>"


def test_pictures_of_the_public_files_are_loaded_when_they_are_reached():
	assert 'loading="lazy"' in clean_html('<img src="/files/a.jpg" alt="a">')


def test_plain_text_is_one_line_cut_at_a_word():
	assert plain_text("<p>one</p><p>two <b>three</b></p><script>x</script>") == "one two three"
	assert plain_text("<p>alpha beta gamma</p>", 12) == "alpha beta …"
	assert plain_text(None) == ""
