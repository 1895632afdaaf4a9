/*
 * The month of FullCalendar 3 as a Jalali one: the weeks it lies in, and buttons that go a month on or back.
 *
 * The library's own month is Gregorian whatever it is told. A view of other days is what it offers (`visibleRange`),
 * but it goes on by a fixed number of days: months have 29 to 31, so the buttons are ours.
 */

import { add_days } from "./fmt.js";
import { first_weekday, month_start, parts } from "./months.js";

export const MONTH = "clinicMonth";
const BUTTONS = { clinicPrevious: -1, clinicNext: 1 };
const LIKE = { clinicPrevious: "fc-prev-button", clinicNext: "fc-next-button" };
const AS_FRAPPE_KEEPS_IT = "cal_defaultView";

export const day_of = (moment) => moment.clone().locale("en").format("YYYY-MM-DD");
const weekday_of = (day) => new Date(`${day}T00:00:00Z`).getUTCDay();
const days_into_week = (day) => (weekday_of(day) - first_weekday() + 7) % 7;

/** {start, end} of the weeks the month of `day` lies in; the end is the day after them. */
export function weeks_around(day) {
	const [first, last] = [month_start(day), add_days(month_start(day, 1), -1)];
	return {
		start: add_days(first, -days_into_week(first)),
		end: add_days(last, 7 - days_into_week(last)),
	};
}

/** Options of the calendar; `views` besides the month are the caller's. */
export function month_options(views) {
	const last = localStorage.getItem(AS_FRAPPE_KEEPS_IT);
	return {
		defaultView: ["agendaWeek", "agendaDay"].includes(last) ? last : MONTH,
		header: {
			left: "clinicPrevious, title, clinicNext",
			right: `today, ${MONTH}, agendaWeek, agendaDay`,
		},
		customButtons: {
			clinicPrevious: { icon: "left-single-arrow", click: step },
			clinicNext: { icon: "right-single-arrow", click: step },
		},
		views: {
			[MONTH]: {
				type: "basic",
				buttonText: __("Month"),
				visibleRange: (moment) => weeks_around(day_of(moment)),
			},
			...views,
		},
		// One day touched in a month asks for nothing; Frappe knows its own month only.
		selectAllow: ({ start, end }) => start.hasTime() || end.diff(start, "days") > 1,
	};
}

function step({ currentTarget }) {
	const calendar = $(currentTarget).closest(".fc");
	const [name] = Object.keys(BUTTONS).filter((one) =>
		currentTarget.matches(`.fc-${one}-button`)
	);
	if (calendar.fullCalendar("getView").name !== MONTH)
		return calendar.fullCalendar(BUTTONS[name] < 0 ? "prev" : "next");
	const shown = day_of(calendar.fullCalendar("getDate"));
	calendar.fullCalendar("gotoDate", month_start(shown, BUTTONS[name]));
}

/** Frappe draws its buttons by these names. */
export function dress_buttons(calendar) {
	for (const name of Object.keys(LIKE)) calendar.find(`.fc-${name}-button`).addClass(LIKE[name]);
	calendar.find(`.fc-${MONTH}-button`).addClass("fc-month-button");
}

/** Days of the weeks that belong to the months before and after. */
export function pale_others(element, shown) {
	const { year, month } = parts(shown);
	element.find("[data-date]").each((_index, cell) => {
		const of_day = parts(cell.dataset.date);
		$(cell).toggleClass("fc-other-month", of_day.month !== month || of_day.year !== year);
	});
}

/** The number of a day leads to it. The library's own links read the day in Persian digits and lose it. */
export function link_days(calendar, element) {
	element.find(".fc-day-top[data-date]").each((_index, cell) => {
		const number = $(cell).find(".fc-day-number").css("cursor", "pointer");
		number.on("mousedown", (event) => event.stopPropagation());
		number.on("click", () => open_day(calendar, cell.dataset.date));
	});
}

export function open_day(calendar, day) {
	calendar.fullCalendar("changeView", "agendaDay", day);
	calendar.find(".btn-group .btn").removeClass("active");
	calendar.find(".fc-agendaDay-button").addClass("active");
}
