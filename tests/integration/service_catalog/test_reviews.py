"""Visitors' comments: received from anybody, shown by a moderator, never with how to reach the writer."""

import pytest
from clinic_core.foundation import roles
from clinic_core.foundation.errors import ForbiddenMoveError, InvalidInputError

from tests.integration.service_catalog.public_page_world import PublicPage

REVIEW = "Clinic Service Review"


@pytest.fixture
def world(site):
	return PublicPage(site)


def publish(site, name):
	from clinic_core.service_catalog.public_page import reviews

	reviews.moderate(name, "Published")


def test_a_comment_waits_and_appears_when_a_manager_publishes_it(site, world, user_with):
	service = world.service()
	name = world.review(
		service, text="Simply wonderful", mobile="۰۹۱۲ ۳۴۵ ۶۷۸۹", email="m@clinic.example", stars=5
	)
	assert "Simply wonderful" not in world.page(service.route)[0]
	site.set_user(user_with(roles.MANAGER))
	publish(site, name)
	html = world.page(service.route)[0]
	assert "Simply wonderful" in html and "Maryam" in html
	assert "345" not in html.split("comment-form")[0] and "m@clinic.example" not in html


def test_words_of_a_visitor_are_never_changed(site, world):
	doc = site.get_doc(REVIEW, world.review(world.service()))
	doc.text = "Much better words"
	with pytest.raises(site.ValidationError):
		doc.save()


@pytest.mark.parametrize("role", [roles.RECEPTIONIST, roles.PRACTITIONER, roles.CRM_AGENT])
def test_nobody_else_decides(site, world, user_with, role):
	name = world.review(world.service())
	site.set_user(user_with(role))
	with pytest.raises(site.PermissionError):
		publish(site, name)


def test_a_comment_cannot_begin_published_at_any_door(site, world, user_with):
	service = world.service()
	site.set_user(user_with(roles.MANAGER))
	doc = site.get_doc(
		{
			"doctype": REVIEW,
			"service": service.name,
			"visitor_name": "A",
			"text": "Bad",
			"status": "Published",
		}
	)
	with pytest.raises(ForbiddenMoveError):
		doc.insert(ignore_permissions=True)


def test_markup_is_taken_out_and_links_are_put_aside(site, world):
	service = world.service()
	plain = site.get_doc(
		REVIEW, world.review(service, visitor_name="<b>Eve</b>", text="<script>x</script>Good")
	)
	assert (plain.visitor_name, plain.text, plain.status) == ("Eve", "Good", "Pending")
	spam = site.get_doc(REVIEW, world.review(service, text="https://a.example https://b.example"))
	assert (spam.status, spam.reason) == ("Spam", "links")


@pytest.mark.parametrize(
	("values", "field"),
	[
		({"visitor_name": " "}, "visitor_name"),
		({"text": "x" * 2001}, "text"),
		({"text": "<br>"}, "text"),
		({"stars": 6}, "stars"),
		({"stars": -1}, "stars"),
		({"email": "no address"}, "email"),
		({"mobile": "12"}, "mobile"),
	],
)
def test_what_cannot_be_used_is_refused_by_field(site, world, values, field):
	service = world.service()
	with pytest.raises(InvalidInputError):
		world.review(service, **values)
	assert field in site.local.response.pop("field_errors")
	assert not site.db.exists(REVIEW, {"service": service.name})


def test_the_same_comment_is_kept_once(site, world):
	service = world.service()
	assert world.review(service) and world.review(service) is None
	assert site.db.count(REVIEW, {"service": service.name}) == 1


def test_one_address_may_not_fill_a_page_and_keeps_no_trace(site, world):
	from clinic_core.service_catalog.public_page.reviews import TooManyReviewsError, forget_senders

	service = world.service()
	names = [world.review(service, text=f"Comment {turn}", address="203.0.113.9") for turn in range(5)]
	with pytest.raises(TooManyReviewsError):
		world.review(service, text="One too many", address="203.0.113.9")
	world.review(service, text="Somebody else", address="203.0.113.10")
	stored = site.get_doc(REVIEW, names[0])
	assert stored.ip_hash and "203.0.113.9" not in str(stored.as_dict())
	site.db.set_value(REVIEW, names[0], "creation", site.utils.add_days(site.utils.now(), -31))
	forget_senders()
	assert not site.db.get_value(REVIEW, names[0], "ip_hash")


@pytest.mark.parametrize("closed", [{"allow_comments": 0}, {"show_in_profile": 0}, {"status": "Inactive"}])
def test_a_page_that_takes_no_comments_is_closed(world, closed):
	from clinic_core.service_catalog.public_page.reviews import CommentsClosedError

	with pytest.raises(CommentsClosedError):
		world.review(world.service(**closed))


def test_managers_hear_of_it_once_an_hour(site, world, user_with, monkeypatch):
	from clinic_core.service_catalog.public_page import review_notice

	manager = user_with(roles.MANAGER)
	left = []
	monkeypatch.setattr(site, "enqueue", lambda method, **given: left.append((method, given["review"])))
	site.cache.delete(site.cache.make_key(review_notice._KEY))
	service = world.service()
	for turn in range(3):
		world.review(service, text=f"Comment {turn}")
	assert [site.get_attr(method)(review) for method, review in left] == [True, False, False]
	assert site.db.count("Notification Log", {"for_user": manager, "document_type": REVIEW}) == 1
	site.cache.delete(site.cache.make_key(review_notice._KEY))


def test_the_rating_of_a_card_counts_published_stars_only(site, world):
	service = world.service()
	for stars, shown in ((5, True), (4, True), (1, False), (0, True)):
		name = world.review(service, text=f"{stars} stars", stars=stars)
		if shown:
			publish(site, name)
	assert "4.5 <small>(2)</small>" in world.page(service.route)[0]


def test_guests_read_nothing_by_rest(site, world):
	name = world.review(world.service(), mobile="09123456789")
	site.set_user("Guest")
	for doctype in (REVIEW, "Clinic Article", "Clinic Public Profile", "Clinic Public Image"):
		assert not site.has_permission(doctype, "read")
	with pytest.raises(site.PermissionError):
		site.get_doc(REVIEW, name).check_permission("read")
