"""Files of patients: told by their content, cleaned of what a camera writes beside the picture (E144, F42)."""

import io
import zipfile

import pytest
from clinic_core.people.files import kinds, pictures
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image


def picture(kind="JPEG", size=(40, 20), **more):
	out = io.BytesIO()
	Image.new("RGB", size, "red").save(out, kind, **more)
	return out.getvalue()


def with_exif():
	exif = Image.Exif()
	exif[0x0112] = 6  # turned by a quarter
	exif[0x0110] = "A camera that knows where it is"
	exif.get_ifd(0x8825)[1] = "N"
	return picture(exif=exif.tobytes())


def archive(*names):
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as file:
		for name in names:
			file.writestr(name, "x")
	return out.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
GOOD = {
	"a.jpg": picture(),
	"a.JPEG": picture(),
	"a.png": picture("PNG"),
	"a.webp": picture("WEBP"),
	"a.pdf": b"%PDF-1.7 ...",
	"a.docx": DOCX,
	"a.xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
	"a.txt": "گزارش".encode(),
	"a.dcm": bytes(128) + b"DICM" + bytes(8),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_its_name_says_is_kept(name):
	assert kinds.problem_of(name, GOOD[name], kinds.PAPERS) is None


@pytest.mark.parametrize(
	("name", "content", "problem"),
	[
		("a.jpg", picture("PNG"), "not_what_it_says"),
		("a.pdf", b"<html>%PDF-", "not_what_it_says"),
		("a.txt", b"<html><script>", "not_what_it_says"),
		("a.docx", archive("[Content_Types].xml", "word/a.xml", "word/vbaProject.bin"), "not_what_it_says"),
		("a.docx", archive("anything"), "not_what_it_says"),
		("a.xlsx", DOCX, "not_what_it_says"),
		("a.png", b"", "empty"),
		("a.svg", b"<svg/>", "unwanted"),
		("a.html", b"<html>", "unwanted"),
		("photo", picture(), "unwanted"),
		("a.jpg.exe", picture(), "unwanted"),
		("a.pdf", b"%PDF-" + bytes(kinds.MAX_BYTES), "too_large"),
	],
)
def test_what_lies_about_itself_is_not(name, content, problem):
	assert kinds.problem_of(name, content, kinds.PAPERS) == problem


@given(st.binary(max_size=300), st.sampled_from(sorted(kinds.PICTURES | {"pdf", "docx", "dcm"})))
def test_no_noise_passes_for_a_picture_or_a_paper(content, extension):
	known = {"jpg": b"\xff\xd8\xff", "pdf": b"%PDF-", "png": b"\x89PNG", "webp": b"RIFF", "docx": b"PK"}
	if not content.startswith(known.get(extension, b"\x00")) and content[128:132] != b"DICM":
		assert kinds.problem_of(f"a.{extension}", content, kinds.PAPERS) in ("not_what_it_says", "empty")


def test_a_photograph_keeps_its_pixels_upright_and_nothing_else():
	clean = pictures.clean(with_exif(), "jpg")
	opened = Image.open(io.BytesIO(clean))
	assert opened.size == (20, 40)
	assert not opened.getexif()
	assert b"camera" not in clean and b"Exif" not in clean


def test_a_thumbnail_is_small():
	small = Image.open(io.BytesIO(pictures.thumbnail(picture(size=(3000, 1500)))))
	assert small.size == (360, 180)


@pytest.mark.parametrize("content", [b"\xff\xd8\xff broken", picture()[:60], b""])
def test_a_broken_picture_is_told(content):
	with pytest.raises(pictures.BrokenPictureError):
		pictures.clean(content, "jpg")
