"""What a new clinic writes to its patients; all of it may be edited (G04, `design.md` §4.15)."""

from typing import Any

from clinic_core.messaging.occasions import (
	BOOKING,
	CANCELLATION,
	CHANGE,
	FROM_FRAPPE,
	MANY_BOOKINGS,
	OCCASIONS,
	OFFER,
	ONE_TIME_CODE,
	RECALL,
	REMIND,
)

_TEXTS: dict[str, dict[str, str]] = {
	BOOKING: {
		"fa": "{patient} گرامی، نوبت شما ثبت شد:\n{service}، {practitioner}\n{day} ساعت {time}\n{clinic}\n{branch_phone}\n{link}",
		"en": "Dear {patient}, your appointment is booked:\n{service}, {practitioner}\n{day} at {time}\n{clinic}\n{branch_phone}\n{link}",
		"tr": "Sayın {patient}, randevunuz alındı:\n{service}, {practitioner}\n{day} saat {time}\n{clinic}\n{branch_phone}\n{link}",
		"zh": "{patient}您好，您的预约已确认：\n{service}，{practitioner}\n{day} {time}\n{clinic}\n{branch_phone}\n{link}",
	},
	MANY_BOOKINGS: {
		"fa": "{patient} گرامی، {count} نوبت برای شما ثبت شد:\n{list}\n{clinic}\n{branch_phone}",
		"en": "Dear {patient}, {count} appointments are booked for you:\n{list}\n{clinic}\n{branch_phone}",
		"tr": "Sayın {patient}, size {count} randevu verildi:\n{list}\n{clinic}\n{branch_phone}",
		"zh": "{patient}您好，已为您安排{count}次预约：\n{list}\n{clinic}\n{branch_phone}",
	},
	CHANGE: {
		"fa": "{patient} گرامی، نوبت شما تغییر کرد.\nزمان تازه: {day} ساعت {time}\n{service}، {practitioner}\n{clinic}\n{branch_phone}\n{link}",
		"en": "Dear {patient}, your appointment has changed.\nNew time: {day} at {time}\n{service}, {practitioner}\n{clinic}\n{branch_phone}\n{link}",
		"tr": "Sayın {patient}, randevunuz değişti.\nYeni zaman: {day} saat {time}\n{service}, {practitioner}\n{clinic}\n{branch_phone}\n{link}",
		"zh": "{patient}您好，您的预约已更改。\n新时间：{day} {time}\n{service}，{practitioner}\n{clinic}\n{branch_phone}\n{link}",
	},
	CANCELLATION: {
		"fa": "{patient} گرامی، نوبت {day} ساعت {time} لغو شد.\nبرای نوبت تازه تماس بگیرید: {branch_phone}\n{clinic}",
		"en": "Dear {patient}, your appointment on {day} at {time} is cancelled.\nCall us for a new one: {branch_phone}\n{clinic}",
		"tr": "Sayın {patient}, {day} saat {time} randevunuz iptal edildi.\nYeni randevu için: {branch_phone}\n{clinic}",
		"zh": "{patient}您好，您{day} {time}的预约已取消。\n如需重新预约请致电：{branch_phone}\n{clinic}",
	},
	REMIND: {
		"fa": "یادآوری نوبت: {day} ساعت {time}\n{service}، {practitioner}\n{clinic}\n{branch_address}\n{branch_phone}",
		"en": "Reminder of your appointment: {day} at {time}\n{service}, {practitioner}\n{clinic}\n{branch_address}\n{branch_phone}",
		"tr": "Randevu hatırlatması: {day} saat {time}\n{service}, {practitioner}\n{clinic}\n{branch_address}\n{branch_phone}",
		"zh": "预约提醒：{day} {time}\n{service}，{practitioner}\n{clinic}\n{branch_address}\n{branch_phone}",
	},
	OFFER: {
		"fa": "{patient} گرامی، نوبتی که منتظرش بودید آزاد شد: {day} ساعت {time}\n{service}، {practitioner}\nتا ساعت {until_time} برایتان نگه داشته می‌شود.\nبرای گرفتن آن تماس بگیرید: {branch_phone}\n{link}\n{clinic}",
		"en": "Dear {patient}, a time you wait for became free: {day} at {time}\n{service}, {practitioner}\nIt is held for you until {until_time}.\nCall us to take it: {branch_phone}\n{link}\n{clinic}",
		"tr": "Sayın {patient}, beklediğiniz randevu boşaldı: {day} saat {time}\n{service}, {practitioner}\nSaat {until_time} kadar sizin için ayrıldı.\nAlmak için arayın: {branch_phone}\n{link}\n{clinic}",
		"zh": "{patient}您好，您等候的时间已空出：{day} {time}\n{service}，{practitioner}\n为您保留至{until_time}。\n请致电确认：{branch_phone}\n{link}\n{clinic}",
	},
	RECALL: {
		"fa": "{patient} گرامی، زمان مراجعه بعدی شما برای {service} رسیده است.\nبرای نوبت تماس بگیرید: {branch_phone}\n{clinic}",
		"en": "Dear {patient}, it is time for your next visit: {service}.\nCall us for an appointment: {branch_phone}\n{clinic}",
		"tr": "Sayın {patient}, {service} için yeni ziyaret zamanınız geldi.\nRandevu için arayın: {branch_phone}\n{clinic}",
		"zh": "{patient}您好，您的{service}复诊时间已到。\n请致电预约：{branch_phone}\n{clinic}",
	},
	ONE_TIME_CODE: {
		"fa": "کد تایید شما: {code}\n{clinic}",
		"en": "Your code: {code}\n{clinic}",
		"tr": "Doğrulama kodunuz: {code}\n{clinic}",
		"zh": "您的验证码：{code}\n{clinic}",
	},
	FROM_FRAPPE: {"fa": "{text}", "en": "{text}"},
}

# The day and the hour, and nothing of what for: subjects are seen on locked screens.
SUBJECTS: dict[str, dict[str, str]] = {
	BOOKING: {
		"fa": "نوبت شما: {day} ساعت {time}",
		"en": "Your appointment: {day} at {time}",
		"tr": "Randevunuz: {day} saat {time}",
		"zh": "您的预约：{day} {time}",
	},
	MANY_BOOKINGS: {
		"fa": "{count} نوبت برای شما ثبت شد",
		"en": "{count} appointments are booked for you",
		"tr": "Size {count} randevu verildi",
		"zh": "已为您安排{count}次预约",
	},
	CHANGE: {
		"fa": "زمان تازه نوبت شما: {day} ساعت {time}",
		"en": "New time of your appointment: {day} at {time}",
		"tr": "Randevunuzun yeni zamanı: {day} saat {time}",
		"zh": "预约新时间：{day} {time}",
	},
	CANCELLATION: {
		"fa": "لغو نوبت {day} ساعت {time}",
		"en": "Cancelled: your appointment on {day} at {time}",
		"tr": "İptal: {day} saat {time} randevunuz",
		"zh": "预约已取消：{day} {time}",
	},
	REMIND: {
		"fa": "یادآوری نوبت: {day} ساعت {time}",
		"en": "Reminder: {day} at {time}",
		"tr": "Hatırlatma: {day} saat {time}",
		"zh": "预约提醒：{day} {time}",
	},
	OFFER: {
		"fa": "نوبتی آزاد شد: {day} ساعت {time}",
		"en": "A time became free: {day} at {time}",
		"tr": "Bir randevu boşaldı: {day} saat {time}",
		"zh": "有空位：{day} {time}",
	},
	RECALL: {
		"fa": "زمان مراجعه بعدی شما",
		"en": "It is time for your next visit",
		"tr": "Yeni ziyaret zamanınız geldi",
		"zh": "复诊时间已到",
	},
}
"""Subjects of emails, for the templates that go by email as well."""

TEMPLATES: list[dict[str, Any]] = [
	{
		"code": code,
		"title": occasion.title,
		"purpose": occasion.purpose,
		"is_active": 1,
		"texts": [
			{"language": language, "text": text, "subject": SUBJECTS.get(code, {}).get(language)}
			for language, text in _TEXTS[code].items()
		],
	}
	for code, occasion in OCCASIONS.items()
]

GATEWAYS = [
	{"code": "CONSOLE", "title": "No gateway: messages go to a log only", "kind": "Console", "is_active": 1}
]
