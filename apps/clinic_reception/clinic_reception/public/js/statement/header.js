// Who it is and how the account stands: names, numbers, alerts, tiles.
import { h, money, number_in_text } from "../shared/kit";

const TONES = {
	danger: "danger",
	critical: "danger",
	high: "danger",
	warning: "warning",
	info: "info",
};

/** The header's elements; a tile leads to its tab through `on_tab`. */
export function render_header(header, { on_tab }) {
	return [who(header), alerts(header), tiles(header, on_tab)];
}

function who(header) {
	const facts = [
		header.file_no && __("File {0}", [number_in_text(header.file_no)]),
		header.age && __("{0} years", [clinic.fmt.number(header.age)]),
	].filter(Boolean);
	return h(
		"div",
		{ class: "clinic-statement__who" },
		h("strong", { class: "clinic-statement__name" }, header.full_name),
		clinic.ui.pencil(header.patient, header.full_name),
		facts.map((text) => h("span", { class: "text-muted" }, text)),
		phones_of(header).map((number) =>
			h(
				"a",
				{ href: `tel:${clinic.digits.to_latin(number)}` },
				h("bdi", { class: "clinic-phone", dir: "ltr" }, clinic.fmt.phone(number))
			)
		)
	);
}

function phones_of({ mobile, phones }) {
	return [...new Set([mobile, ...(phones || [])].filter(Boolean))];
}

function alerts({ alerts: list = [], tags }) {
	if (!list.length && !tags?.length) return null;
	return h(
		"div",
		{ class: "clinic-statement__alerts" },
		list.map((alert) =>
			alert.is_medical
				? clinic.people.alert_chips([alert])
				: clinic.ui.tag({
						text: alert.text,
						tone: TONES[alert.severity] || "warning",
						icon: "alert",
				  })
		),
		clinic.people.tag_chips(tags)
	);
}

function tiles({ balance, deposits, credit, points, last_visit, next_appointment }, on_tab) {
	const next = next_appointment?.start || next_appointment;
	const list = [
		balance_tile(balance, on_tab),
		tile(__("Deposits"), money(deposits, { unit: true }), () => on_tab("deposits")),
		tile(__("Credit"), money(credit, { unit: true }), () => on_tab("transactions")),
		tile(__("Points"), clinic.fmt.number(points || 0), () => on_tab("club")),
		tile(
			__("Last visit"),
			last_visit ? clinic.fmt.date(last_visit, { short: true }) : "–",
			() => on_tab("receptions")
		),
		tile(__("Next appointment"), next ? clinic.fmt.datetime(next) : "–", () =>
			on_tab("appointments")
		),
	];
	return h("div", { class: "clinic-statement__tiles" }, list);
}

function balance_tile(balance, on_tab) {
	const label = balance < 0 ? __("We owe") : __("Owes");
	const extra = balance > 0 ? "is-owing" : "";
	const text = money(Math.abs(balance), { unit: true });
	return tile(label, text, () => on_tab("transactions"), extra);
}

function tile(label, text, on_click, extra = "") {
	return h(
		"button",
		{ class: `clinic-statement__tile ${extra}`, on_click },
		h("span", { class: "text-muted" }, label),
		h("span", { class: "clinic-statement__figure" }, text)
	);
}
