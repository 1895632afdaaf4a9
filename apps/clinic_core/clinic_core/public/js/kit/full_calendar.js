/*
 * The calendar view of a list in the user's calendar (C025), by what its library offers to whoever
 * configures it: FullCalendar 3 in Frappe 15 (run), 6 in Frappe 16 (read, not run).
 */

import { is_jalali } from "./boot.js";
import { frappe_version } from "./compat.js";
import { add_days, date, digits, list, month_name, weekday } from "./fmt.js";
import {
	MONTH,
	day_of,
	dress_buttons,
	link_days,
	open_day,
	month_options,
	pale_others,
} from "./jalali_month.js";
import { first_weekday, month_start, parts } from "./months.js";

const MOST_IN_A_CELL = 6;

/** Options for `frappe.views.calendar[doctype].options`. */
export function calendar_view_options() {
	const is_six = frappe_version() >= 16;
	const few = is_six ? few_of_six() : few_of_three();
	if (!is_jalali()) return few;
	return { ...few, firstDay: first_weekday(), ...(is_six ? of_six() : of_three()) };
}

const more = (count) => __("and {0} more", [digits(count)]);

/**
 * A month is looked over: a full day says how many more there are, and leads to the day. Minutes are always
 * written: the library leaves out those that have none of the digits 1 to 9, so all in Persian ones.
 */
const few_of_three = () => ({
	timeFormat: "HH:mm",
	eventLimit: MOST_IN_A_CELL,
	eventLimitText: more,
	eventLimitClick: ({ date: at }, { target }) => open_day($(target).closest(".fc"), day_of(at)),
});

const few_of_six = () => ({
	eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
	dayMaxEvents: MOST_IN_A_CELL,
	moreLinkText: more,
	moreLinkClick: "day",
});

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
	const dated = { columnHeaderText: (moment) => with_day(day_of(moment)) };
	return {
		...month_options({ agendaWeek: dated, agendaDay: dated }),
		viewRender(view, element) {
			const calendar = element.closest(".fc");
			const shown = day_of(calendar.fullCalendar("getDate"));
			const is_month = view.name === MONTH;
			const [first, last] = is_month
				? [month_start(shown), add_days(month_start(shown, 1), -1)]
				: [day_of(view.intervalStart), add_days(day_of(view.intervalEnd), -1)];
			dress_buttons(calendar);
			calendar.find(".fc-toolbar h2").text(alone(title(first, last)));
			if (is_month) {
				pale_others(element, shown);
				link_days(calendar, element);
			}
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
