/* Service Statistics: what each service brought in, who came, who did not, and how it changes (A29). */

import { fill, h } from "../shared/kit";
import { largest, over_time, tiles } from "./charts";
import { drill } from "./drill";
import { filter_bar, given, read_address, write_address } from "./filters";
import { period_text } from "./periods";
import { StatisticsTable } from "./table";

const API = "clinic_reception.front_desk.statistics.api";

export class ServiceStatistics {
	constructor(page) {
		this.page = page;
		this.ticket = 0;
		this.filters = read_address();
		this.bar = h("div");
		this.body = h("div", { class: "clinic-stats__body" });
		this.root = h("div", { class: "clinic-stats" }, this.bar, this.body);
		page.main.append(this.root);
		page.set_secondary_action(__("Refresh"), () => this.refresh(), "refresh");
		page.add_menu_item(__("Export to Excel (xlsx)"), () => this.export("xlsx"));
		page.add_menu_item(__("Export as text (csv)"), () => this.export("csv"));
		page.add_menu_item(__("Print", null, "command"), () => window.print());
		clinic.ui.keys(this.root, [
			{ key: "r", label: __("Refresh"), action: () => this.refresh() },
			{
				key: "/",
				label: __("Search a service"),
				action: () => this.root.querySelector(".clinic-stats__search").focus(),
			},
		]);
	}

	/** Called each time the page comes to the front; an address with filters says what to show. */
	show() {
		frappe.route_options = null;
		if (window.location.search) this.filters = read_address();
		fill(
			this.bar,
			filter_bar(this.filters, () => this.refresh())
		);
		this.refresh();
	}

	async refresh() {
		write_address(this.filters);
		const ticket = ++this.ticket;
		const args = given(this.filters);
		if (!this.answer) fill(this.body, clinic.ui.skeleton(4));
		this.body.setAttribute("aria-busy", "true");
		try {
			const answer = await clinic.call(`${API}.service_statistics`, args, { quiet: true });
			if (ticket !== this.ticket) return;
			this.answer = answer;
			this.draw();
			await this.load_months(ticket, args);
		} catch (error) {
			if (ticket === this.ticket) this.show_error(error);
		} finally {
			if (ticket === this.ticket) this.body.removeAttribute("aria-busy");
		}
	}

	show_error(error) {
		this.answer = null;
		fill(
			this.body,
			clinic.ui.empty({
				icon: "alert",
				title: __("The figures could not be loaded"),
				hint: error.message,
				action: { label: __("Try again"), on_click: () => this.refresh() },
			})
		);
	}

	draw() {
		const { answer } = this;
		if (!answer.rows.length) return this.draw_empty();
		const open = (what, row) => drill(what, row, answer, this.filters);
		this.table = new StatisticsTable({ answer, on_open: open });
		this.chart = h("div", { class: "clinic-stats__chart" }, clinic.ui.skeleton(1));
		fill(
			this.body,
			this.heading(),
			tiles(answer, (what) => open(what, {})),
			h(
				"div",
				{ class: "clinic-stats__charts" },
				panel(
					__("Largest by net revenue"),
					largest(answer.rows, (row) => open("receptions", row))
				),
				panel(this.chart_title(), this.chart)
			),
			this.table.element
		);
	}

	heading() {
		const unit = clinic.money_unit().label;
		return h(
			"p",
			{ class: "clinic-stats__period" },
			h("strong", {}, period_text(this.answer.period)),
			h(
				"span",
				{ class: "clinic-stats__note" },
				__("compared with {0}", [period_text(this.answer.previous)]),
				" · ",
				__("amounts in {0}", [unit])
			)
		);
	}

	chart_title() {
		return __("Net revenue by Jalali month, in million {0}", [clinic.money_unit().label]);
	}

	draw_empty() {
		fill(
			this.body,
			clinic.ui.empty({
				icon: "calendar",
				title: __("Nothing happened here in this period"),
				hint: __("No reception and no appointment of {0} fits what you asked for.", [
					period_text(this.answer.period),
				]),
				action: {
					label: __("Show this year, all services"),
					on_click: () => {
						this.filters = { period: "year" };
						write_address(this.filters);
						this.show();
					},
				},
			})
		);
	}

	/** The months come after the figures: they are a year's work for the database. */
	async load_months(ticket, { branch, department, text }) {
		if (!this.answer.rows.length) return;
		const args = { branch, department, text };
		const months = await clinic.call(`${API}.service_trend`, args, { quiet: true });
		if (ticket !== this.ticket) return;
		this.table.set_months(months);
		fill(this.chart);
		over_time(this.chart, this.answer.rows, months);
	}

	export(file_type) {
		const query = new URLSearchParams({ ...given(this.filters), file_type });
		window.open(`/api/method/${API}.export_service_statistics?${query}`, "_blank");
	}
}

function panel(title, content) {
	return h(
		"section",
		{ class: "clinic-stats__panel" },
		h("h3", { class: "clinic-stats__title" }, title),
		content
	);
}
