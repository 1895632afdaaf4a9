/* What adopting has made and what it left alone, with the ways on. */

import { h, icon } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { button, empty, tag } from "../../kit/ui.js";

const NAMED = 12;
const LIST = "Clinic Service";

/** summary(result of adopt_suggestions, {again, close}) → element. */
export function summary(result, { again, close }) {
	const { created, skipped, departments } = result;
	const open = created.filter((row) => row.without_price);
	const leave = (go) => () => {
		close?.();
		go();
	};
	return h(
		"div",
		{ class: "clinic-suggestions__summary" },
		created.length ? title(created, departments) : nothing_new(),
		h(
			"ul",
			{ class: "clinic-suggestions__made" },
			departments.map((row) => department(row, created, leave))
		),
		open.length > 0 && without_price(open, leave),
		skipped.length > 0 && already_there(skipped, leave),
		h(
			"div",
			{ class: "clinic-suggestions__foot" },
			button({ label: __("Choose more"), icon: "plus", on_click: again }),
			button({
				label: __("Open the services"),
				kind: "primary",
				on_click: leave(() => frappe.set_route("List", LIST)),
			})
		)
	);
}

function title(created, departments) {
	const count = number(created.length);
	const one = departments.length === 1;
	const text = one
		? __("{0} added to {1}", [services(created.length), departments[0].title])
		: __("{0} services added to {1} departments", [count, number(departments.length)]);
	return h(
		"div",
		{ class: "clinic-suggestions__done", role: "status" },
		icon("check", 22),
		h("h4", {}, text)
	);
}

const services = (count) =>
	count === 1 ? __("One service") : __("{0} services", [number(count)]);

const nothing_new = () =>
	empty({
		icon: "check",
		title: __("All of these were in your list already; nothing was changed."),
	});

function department(row, created, leave) {
	const services = created.filter((service) => service.department === row.department);
	return h(
		"li",
		{},
		link(row.title, leave, () =>
			frappe.set_route("List", LIST, { department: row.department })
		),
		h("span", { class: "text-muted" }, number(row.count)),
		row.is_new && tag({ text: __("new department"), tone: "success" }),
		row.is_active_again && tag({ text: __("active again"), tone: "warning" }),
		h("div", { class: "clinic-suggestions__links" }, some_links(services, leave))
	);
}

function some_links(services, leave) {
	const links = services
		.slice(0, NAMED)
		.map((row) => service_link(row.service, row.service_name, leave));
	const more = services.length - NAMED;
	if (more > 0) links.push(h("span", {}, __("and {0} more", [number(more)])));
	return links;
}

function without_price(open, leave) {
	return h(
		"div",
		{ class: "clinic-suggestions__hint" },
		icon("alert", 16),
		h(
			"span",
			{},
			__("{0} have no price yet and are inactive, so nobody sells them by mistake.", [
				number(open.length),
			]),
			" ",
			link(__("Show inactive services"), leave, () =>
				frappe.set_route("List", LIST, { status: "Inactive" })
			)
		)
	);
}

function already_there(skipped, leave) {
	return h(
		"details",
		{ class: "clinic-suggestions__skipped", open: skipped.length <= NAMED },
		h("summary", {}, __("{0} were in your list already", [number(skipped.length)])),
		h(
			"div",
			{ class: "clinic-suggestions__links" },
			skipped.map((row) => service_link(row.service, row.title, leave))
		)
	);
}

const service_link = (name, text, leave) =>
	link(text, leave, () => frappe.set_route("Form", LIST, name));

function link(text, leave, go) {
	const on_click = (event) => {
		event.preventDefault();
		leave(go)();
	};
	return h("a", { href: "#", on_click }, h("bdi", {}, text));
}
