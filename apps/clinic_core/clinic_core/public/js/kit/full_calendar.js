/*
 * The calendar view of a list in the user's calendar (C025), by what its library offers to whoever
 * configures it: FullCalendar 3 in Frappe 15 (run), 6 in Frappe 16 (read, not run).
 */

import { is_jalali } from "./boot.js";
import { frappe_version } from "./compat.js";
import { add_days, date, digits, list, month_name, weekday } from "./fmt.js";
import { first_weekday, parts } from "./months.js";

/** Options for `frappe.views.calendar[doctype].options`; none in the Gregorian calendar. */
export function calendar_view_options() {
	if (!is_jalali()) return {};
	const week = { firstDay: first_weekday() };
	return frappe_version() >= 16 ? { ...week, ...of_six() } : { ...week, ...of_three() };
}

/** “Aban, Azar 1405” of a month, “7 – 13 Azar 1405” of a week: the last day belongs to it. */
export function title(first, last) {
	if (first === last) return date(first);
	const [from, to] = [parts(first), parts(last)];
	const days = (Date.parse(last) - Date.parse(first)) / 86_400_000;
	if (days < 14) {
		const begun =
			from.month === to.month
				? number_of(first)
				: date(first, { short: true, year: from.year !== to.year });
		return `${begun} – ${date(last, { short: true })}`;
	}
	if (from.month === to.month) return `${month_name(first)} ${digits(from.year)}`;
	const begun = from.year === to.year ? "" : ` ${digits(from.year)}`;
	return `${list([`${month_name(first)}${begun}`, month_name(last)])} ${digits(to.year)}`;
}

// In its own direction: the library's head is written from left to right.
const alone = (text) => `\u2068${text}\u2069`;
const number_of = (day) => digits(parts(day).day);
const with_day = (day) => `${weekday(day, { short: true })} ${number_of(day)}`;

function of_three() {
	const day_of = (moment) => moment.clone().locale("en").format("YYYY-MM-DD");
	const dated = { columnHeaderText: (moment) => with_day(day_of(moment)) };
	return {
		views: { agendaWeek: dated, agendaDay: dated },
		viewRender(view, element) {
			const last = add_days(day_of(view.intervalEnd), -1);
			element
				.closest(".fc")
				.find(".fc-toolbar h2")
				.text(alone(title(day_of(view.intervalStart), last)));
			element.find(".fc-day-top[data-date]").each((_index, cell) => {
				$(cell).find(".fc-day-number").text(number_of(cell.dataset.date));
			});
		},
	};
}

function of_six() {
	const two = (number) => String(number).padStart(2, "0");
	const of_parts = ([year, month, day]) => `${year}-${two(month + 1)}-${two(day)}`;
	const of_date = (at) => of_parts([at.getFullYear(), at.getMonth(), at.getDate()]);
	return {
		titleFormat: ({ start, end }) =>
			title(of_parts(start.array), of_parts((end || start).array)),
		dayCellContent: ({ date: at }) => number_of(of_date(at)),
		dayHeaderContent: ({ date: at, text, view }) =>
			view.type === "dayGridMonth" ? text : with_day(of_date(at)),
	};
}
