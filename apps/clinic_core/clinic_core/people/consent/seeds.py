"""Drafts of policies a new clinic begins with: to be read, changed and published by its manager (E001, E013)."""

from typing import Any

_PRIVACY = {
	"en": (
		"Privacy and data processing",
		"<p>We keep what you tell us to treat you, to give you appointments and to remind you of them: your name,"
		" numbers, what was done and paid.</p><p>We hand nothing on but where the law says so or you have agreed."
		" You may ask for a copy of your data, correct it, object, or have it erased; we answer within 30 days.</p>",
	),
	"fa": (
		"حریم خصوصی و پردازش داده‌ها",
		"<p>آنچه به ما می‌گویید برای درمان، نوبت‌دهی و یادآوری نوبت نگه داشته می‌شود: نام، شماره‌ها، خدمات و"
		" پرداخت‌ها.</p><p>چیزی به دیگران داده نمی‌شود مگر قانون بخواهد یا شما موافقت کرده باشید. می‌توانید رونوشت"
		" داده‌های خود، اصلاح، اعتراض یا پاک‌سازی آن‌ها را بخواهید؛ ظرف ۳۰ روز پاسخ می‌دهیم.</p>",
	),
	"tr": (
		"Kişisel verilerin işlenmesi",
		"<p>Bize verdiğiniz bilgileri tedaviniz, randevularınız ve hatırlatmalar için saklarız.</p><p>KVKK"
		" kapsamında verilerinizin kopyasını, düzeltilmesini veya silinmesini isteyebilirsiniz; 30 gün içinde"
		" yanıt veririz.</p>",
	),
}
_MARKETING = {
	"en": (
		"News and offers",
		"<p>We may write or call to tell you of news and offers of our clinic. You may say no at any time.</p>",
	),
	"fa": (
		"خبرها و پیشنهادها",
		"<p>می‌توانیم خبرها و پیشنهادهای مرکز را با پیام یا تماس به شما برسانیم. هر زمان می‌توانید نه بگویید.</p>",
	),
	"tr": (
		"Haberler ve kampanyalar",
		"<p>Kliniğimizin haber ve kampanyaları için size yazabilir veya sizi arayabiliriz. İzninizi her an geri"
		" alabilirsiniz.</p>",
	),
}
_PHOTOS = {
	"en": (
		"Publication of photos",
		"<p>We may show the photos we agreed on, without your name, on our page and in our clinic.</p>",
	),
	"fa": (
		"انتشار عکس",
		"<p>می‌توانیم عکس‌هایی را که با هم برگزیده‌ایم، بی‌نام شما، در صفحه و مرکز خود نشان دهیم.</p>",
	),
	"tr": (
		"Fotoğrafların yayımlanması",
		"<p>Birlikte seçtiğimiz fotoğrafları adınız olmadan sayfamızda ve kliniğimizde gösterebiliriz.</p>",
	),
}


def _policy(
	name: str, title: str, kind: str, purposes: list[str], texts: dict[str, tuple[str, str]]
) -> dict[str, Any]:
	return {
		"name": f"seed-{name}",
		"title": title,
		"kind": kind,
		"slug": name,
		"purposes": [{"purpose": purpose} for purpose in purposes],
		"texts": [{"language": code, "title": text[0], "body": text[1]} for code, text in texts.items()],
	}


POLICIES = [
	_policy(
		"privacy", "Privacy and data processing", "Data Processing", ["Treatment", "Reminders"], _PRIVACY
	),
	_policy("marketing", "News and offers", "Marketing", ["Marketing", "Surveys"], _MARKETING),
	_policy("photos", "Publication of photos", "Photo Publication", ["Photo Publication"], _PHOTOS),
]
