"""What the demo clinic's public page says: data only. Texts are (Persian, English)."""

from typing import Any

PROFILE: dict[str, tuple[str, str]] = {
	"tagline": (
		"پوست، لیزر، زیبایی و دندان‌پزشکی با تیمی که برایتان وقت می‌گذارد",
		"Skin, laser, aesthetics and dentistry by a team that takes its time",
	),
	"about": (
		"<p>کلینیک سپید از سال ۱۳۸۹ در تهران در کنار شماست. پزشکان ما پیش از هر درمان، پوست و پروندهٔ شما را"
		" با حوصله بررسی می‌کنند و تنها چیزی را پیشنهاد می‌دهند که واقعاً به آن نیاز دارید.</p>"
		"<ul><li>دستگاه‌های لیزر روز و مواد اصل با برچسب رهگیری</li><li>هزینهٔ شفاف پیش از شروع درمان</li>"
		"<li>پیگیری تلفنی پس از هر جلسه</li></ul>",
		"<p>Sepid Clinic has looked after its patients in Tehran since 2010. Before any treatment our doctors"
		" take the time to look at your skin and your history, and suggest only what you need.</p>"
		"<ul><li>Current laser devices, original products with traceable labels</li>"
		"<li>A clear price before anything begins</li><li>A call after each session</li></ul>",
	),
	"opening_hours": (
		"شنبه تا چهارشنبه ۹ تا ۲۰\nپنجشنبه ۹ تا ۱۴",
		"Saturday to Wednesday 9:00–20:00\nThursday 9:00–14:00",
	),
	"address": (
		"تهران، خیابان ولیعصر، بالاتر از میدان ونک، پلاک ۲۴۱۰",
		"No. 2410, Valiasr Street, above Vanak Square, Tehran",
	),
	"phone": ("021 8888 0000", "+98 21 8888 0000"),
	"email": ("hello@clinic.example", "hello@clinic.example"),
	"map_url": ("https://maps.example/sepid", "https://maps.example/sepid"),
}
LINKS = [
	("Instagram", "https://instagram.example/sepid.clinic"),
	("Telegram", "https://telegram.example/sepidclinic"),
	("WhatsApp", "https://whatsapp.example/982188880000"),
]

# service → summary, description, how its pictures are drawn, how many stand in the gallery
SERVICES: dict[str, dict[str, Any]] = {
	"HYDRA": {
		"summary": (
			"پاکسازی عمیق، آبرسانی و شادابی پوست در یک جلسه، بدون دورهٔ نقاهت.",
			"Deep cleansing, hydration and glow in one session, with no downtime.",
		),
		"description": (
			"<p>هیدرافیشیال با جریان آب و سرم‌های اختصاصی، منافذ پوست را پاک و هم‌زمان پوست را تغذیه می‌کند.</p>"
			"<h3>مناسب برای</h3><ul><li>پوست کدر و خسته</li><li>جوش‌های سرسیاه</li><li>پیش از مراسم</li></ul>"
			"<h3>پس از جلسه</h3><p>می‌توانید همان روز آرایش کنید. تا دو روز کرم ضدآفتاب را فراموش نکنید.</p>",
			"<p>Hydrafacial cleans the pores with water and serums and feeds the skin at the same time.</p>"
			"<h3>Good for</h3><ul><li>Dull and tired skin</li><li>Blackheads</li><li>The days before a feast</li></ul>"
			"<h3>Afterwards</h3><p>Make-up is fine the same day. Do not forget sunscreen for two days.</p>",
		),
		"kind": "drops",
		"gallery": 3,
	},
	"LASER-FULL": {
		"summary": (
			"شش جلسه با دستگاه الکساندرایت و کندلا، ویژهٔ پوست‌های روشن تا گندمی.",
			"Six sessions with alexandrite and Candela devices, for fair to olive skin.",
		),
		"description": (
			"<p>پیش از نخستین جلسه، پزشک نوع پوست و موی شما را می‌بیند و شدت لیزر را تنظیم می‌کند.</p>"
			"<p>دو هفته پیش از هر جلسه از اپیلاسیون و آفتاب گرفتن بپرهیزید.</p>",
			"<p>Before the first session the doctor looks at your skin and hair and sets the device.</p>"
			"<p>No waxing and no sunbathing for two weeks before each session.</p>",
		),
		"kind": "rings",
		"gallery": 2,
	},
	"BOTOX": {
		"summary": (
			"کاهش خطوط پیشانی و دور چشم با مواد اصل؛ اثر چهار تا شش ماه.",
			"Softer lines of forehead and eyes with original products; lasts four to six months.",
		),
		"description": (
			"<p>تزریق را پزشک انجام می‌دهد و حدود نیم ساعت زمان می‌برد. نتیجه از روز سوم دیده می‌شود.</p>",
			"<p>A doctor gives the injections in about half an hour. The result shows from the third day.</p>",
		),
		"kind": "petals",
		"gallery": 2,
	},
	"WHITEN": {
		"summary": (
			"سفیدکردن دندان در مطب، تا هشت درجه روشن‌تر در یک ساعت.",
			"Whitening at the practice: up to eight shades in an hour.",
		),
		"description": (
			"<p>پیش از بلیچینگ دندان‌ها معاینه و جرم‌گیری می‌شوند تا رنگ یکدست شود.</p>",
			"<p>Teeth are examined and scaled first, so that the shade is even.</p>",
		),
		"kind": "waves",
		"gallery": 2,
	},
	"CLEAN": {
		"summary": (
			"پاکسازی کلاسیک با بخور، تخلیه و ماسک.",
			"Classic cleansing with steam, extraction and mask.",
		),
		"description": ("", ""),
		"kind": "drops",
		"gallery": 0,
	},
	"FILLER-LIP": {
		"summary": (
			"حجم و فرم طبیعی لب با هیالورونیک اسید.",
			"Natural volume and shape with hyaluronic acid.",
		),
		"description": ("", ""),
		"kind": "petals",
		"gallery": 0,
	},
}
PRICES_SHOWN = ("HYDRA", "LASER-FULL", "BOTOX", "CLEAN", "VISIT-SKIN", "VISIT-DENT", "SCALE", "PEEL", "MASK")

ARTICLES: list[dict[str, Any]] = [
	{
		"slug": ("پیش-از-لیزر", "before-laser"),
		"title": ("پیش از نخستین جلسهٔ لیزر چه کنیم؟", "What to do before the first laser session"),
		"summary": (
			"هفت نکتهٔ ساده که نتیجهٔ لیزر را بهتر و جلسه را راحت‌تر می‌کند.",
			"Seven simple things that make the result better and the session easier.",
		),
		"body": (
			"<p>موفقیت لیزر از دو هفته پیش از جلسه شروع می‌شود.</p><h3>آفتاب نگیرید</h3><p>پوست برنزه انرژی لیزر"
			" را جذب می‌کند و احتمال سوختگی بالا می‌رود.</p><h3>ریشهٔ مو را نگه دارید</h3><p>از موم و نخ استفاده"
			" نکنید؛ تیغ مشکلی ندارد.</p><h3>داروهایتان را بگویید</h3><p>برخی داروها پوست را به نور حساس می‌کنند."
			"</p><blockquote>اگر تردید دارید، پیش از آمدن با ما تماس بگیرید.</blockquote>",
			"<p>A good laser session begins two weeks before it.</p><h3>Stay out of the sun</h3><p>Tanned skin"
			" takes up the energy of the laser and may burn.</p><h3>Leave the roots</h3><p>No wax, no thread;"
			" shaving is fine.</p><h3>Tell us your medicines</h3><p>Some make the skin sensitive to light.</p>"
			"<blockquote>When in doubt, call us before you come.</blockquote>",
		),
		"services": ("LASER-FULL", "LASER-FACE", "LASER-LEG"),
		"kind": "rings",
		"colour": "#E64980",
		"days_ago": 12,
	},
	{
		"slug": ("مراقبت-پس-از-هیدرافیشیال", "after-hydrafacial"),
		"title": ("مراقبت از پوست پس از هیدرافیشیال", "Skin care after a hydrafacial"),
		"summary": (
			"چهل‌وهشت ساعت نخست مهم‌ترین زمان است؛ این کارها را انجام دهید و از این‌ها بپرهیزید.",
			"The first forty-eight hours matter most: what to do and what to leave.",
		),
		"body": (
			"<p>پوست پس از پاکسازی عمیق نفوذپذیرتر است.</p><ol><li>صورت را با آب ولرم بشویید.</li>"
			"<li>مرطوب‌کنندهٔ سبک بزنید.</li><li>هر سه ساعت ضدآفتاب را تکرار کنید.</li></ol>"
			"<p>تا دو روز از سونا و اسکراب بپرهیزید.</p>",
			"<p>After deep cleansing the skin takes up more.</p><ol><li>Wash with lukewarm water.</li>"
			"<li>Use a light moisturiser.</li><li>Renew the sunscreen every three hours.</li></ol>"
			"<p>No sauna and no scrub for two days.</p>",
		),
		"services": ("HYDRA", "CLEAN", "PEEL"),
		"kind": "drops",
		"colour": "#12B886",
		"days_ago": 30,
	},
]

# service, days ago, stars, status, name, text, reply
REVIEWS: list[tuple[str, int, int, str, tuple[str, str], tuple[str, str], tuple[str, str] | None]] = [
	("HYDRA", 3, 5, "Published", ("مریم", "Maryam"), ("پوستم واقعاً سبک شد. برخورد پرسنل هم عالی بود.", "My skin feels light. The staff were lovely."), ("خوشحالیم که راضی بودید.", "We are glad you liked it.")),
	("HYDRA", 17, 4, "Published", ("سارا ک.", "Sara K."), ("نتیجه خوب بود، فقط کمی معطل شدم.", "A good result, only a little waiting."), None),
	("HYDRA", 1, 5, "Pending", ("نگار", "Negar"), ("برای جلسهٔ بعد هم حتماً می‌آیم.", "I will surely come again."), None),
	("LASER-FULL", 9, 5, "Published", ("الهام", "Elham"), ("جلسهٔ چهارم هستم و تفاوت کاملاً دیده می‌شود.", "Fourth session, and the difference is plain to see."), None),
	("LASER-FULL", 2, 3, "Pending", ("زهرا", "Zahra"), ("کمی درد داشت. آیا بی‌حسی می‌زنید؟", "It hurt a little. Do you use a numbing cream?"), None),
	("BOTOX", 20, 5, "Published", ("شیرین", "Shirin"), ("نتیجه طبیعی شد، همان که می‌خواستم.", "Natural, just what I wanted."), None),
	("BOTOX", 41, 4, "Published", ("رضا", "Reza"), ("دکتر با حوصله همه چیز را توضیح داد.", "The doctor explained everything with patience."), None),
	("WHITEN", 6, 5, "Published", ("پویا", "Pouya"), ("یک ساعت و تمام. ممنون.", "One hour and done. Thank you."), None),
	("CLEAN", 1, 0, "Spam", ("SEO", "SEO"), ("سایت شما را اول گوگل می‌کنم http://a.example http://b.example", "I bring you to the top http://a.example http://b.example"), None),
]  # fmt: skip
