/* What is asked for: kept in the address, so that a page can be sent to somebody and found again. */

import { h } from "../shared/kit";
import { period_options } from "./periods";

const FIELDS = ["period", "from_date", "to_date", "branch", "department", "text"];

/** The filters of the address; without any, this month. */
export function read_address() {
	const query = new URLSearchParams(window.location.search);
	const found = {};
	for (const field of FIELDS) if (query.get(field)) found[field] = query.get(field);
	return found.period ? found : { period: "month", ...found };
}

/** Put the filters into the address without leaving the page. */
export function write_address(filters) {
	const query = new URLSearchParams(given(filters));
	window.history.replaceState(window.history.state, "", `${window.location.pathname}?${query}`);
}

/** Only what is asked. */
export function given(filters) {
	const custom = filters.period === "custom";
	return Object.fromEntries(
		FIELDS.filter((field) => filters[field] && (custom || !field.endsWith("_date"))).map(
			(field) => [field, filters[field]]
		)
	);
}

/** filter_bar(filters, on_change(filters)) → element: period, days, branch, department, search. */
export function filter_bar(filters, on_change) {
	const set = (change) => {
		Object.assign(filters, change);
		on_change(filters);
	};
	const days = h(
		"div",
		{ class: "clinic-stats__days" },
		day_box("from_date"),
		day_box("to_date")
	);

	function day_box(field) {
		const label = field === "from_date" ? __("From date") : __("To date");
		const button = h("button", { class: "btn btn-default btn-sm", "aria-label": label });
		const draw = () => {
			button.textContent = clinic.fmt.date(filters[field], { short: true }) || label;
		};
		button.addEventListener("click", () =>
			clinic.ui.calendar(button, {
				value: filters[field],
				min: field === "to_date" ? filters.from_date : null,
				on_pick: (day) => {
					const change = { [field]: day };
					if (field === "from_date" && filters.to_date < day) change.to_date = day;
					set(change);
					days.querySelectorAll("button").forEach((one) => one.draw());
				},
			})
		);
		button.draw = draw;
		draw();
		return button;
	}

	const show_days = () => (days.hidden = filters.period !== "custom");
	const period = choice(period_options(), filters.period, __("Period"), (value) => {
		const today = clinic.fmt.today();
		const own = { from_date: filters.from_date || today, to_date: filters.to_date || today };
		set({ period: value, ...(value === "custom" ? own : {}) });
		show_days();
		days.querySelectorAll("button").forEach((one) => one.draw());
	});
	show_days();
	return h(
		"div",
		{ class: "clinic-stats__filters" },
		clinic.ui.field({ label: __("Period"), control: period }),
		days,
		clinic.ui.field({ label: __("Branch"), control: branch_choice(filters, set) }),
		clinic.ui.field({
			label: __("Department"),
			control: clinic.catalog.department_picker({
				value: filters.department,
				placeholder: __("All departments"),
				on_change: (department) => set({ department }),
			}).element,
		}),
		clinic.ui.field({ label: __("Search a service"), control: search_box(filters, set) })
	);
}

function choice(options, value, label, on_change) {
	return h(
		"select",
		{
			class: "form-control input-sm",
			"aria-label": label,
			on_change: (event) => on_change(event.target.value),
		},
		options.map((option) =>
			h(
				"option",
				{ value: option.value, selected: option.value === (value || "") },
				option.label
			)
		)
	);
}

function branch_choice(filters, set) {
	const everywhere = { value: "", label: __("All branches") };
	const holder = h(
		"div",
		{},
		choice([everywhere], "", __("Branch"), () => {})
	);
	clinic
		.call(
			"frappe.client.get_list",
			{
				doctype: "Clinic Branch",
				fields: ["name", "title"],
				order_by: "title asc",
				limit_page_length: 0,
			},
			{ quiet: true }
		)
		.then((rows) => {
			const options = rows.map((row) => ({ value: row.name, label: row.title }));
			const control = choice(
				[everywhere, ...options],
				filters.branch,
				__("Branch"),
				(branch) => set({ branch })
			);
			holder.replaceChildren(control);
		})
		.catch(() => {});
	return holder;
}

function search_box(filters, set) {
	let timer = null;
	return h("input", {
		class: "form-control input-sm clinic-stats__search",
		type: "search",
		value: filters.text || "",
		placeholder: __("Name or code"),
		"aria-label": __("Search a service"),
		on_input: (event) => {
			clearTimeout(timer);
			const text = event.target.value.trim();
			timer = setTimeout(() => set({ text }), 300);
		},
	});
}
