/* clinic.front_desk: the flow board of the day (D02) and the dialogs others may open. */

import { actions_of, may } from "./actions.js";
import { Board } from "./board.js";
import { Bar } from "./bar.js";
import { QueueStrip } from "./queue_strip.js";
import { receive_dialog } from "./receive_dialog.js";
import { new_appointment, new_reception } from "./walk_in.js";

const BOARD = "clinic_reception.front_desk.api.board";
const WATCHED = [
	"Clinic Appointment",
	"Clinic Patient Alert",
	"Clinic Visit",
	"Clinic Reception",
	"Clinic Triage",
	"Clinic Payment",
	"Clinic Patient",
];
const CLOCK_MS = 60_000;

class FrontDesk {
	constructor(wrapper, page) {
		this.wrapper = wrapper;
		this.page = page;
		this.day = clinic.fmt.today();
		this.branch = remembered_branch();
		this.data = null;
		this.ticket = 0;
		this.build();
		this.listen();
	}

	build() {
		const root = clinic.ui.h("div", { class: "clinic-desk" });
		this.page.main[0].classList.add("clinic-desk-page");
		this.page.main[0].replaceChildren(root);
		this.bar = new Bar(this);
		this.board = new Board(this);
		this.queues = new QueueStrip(this);
		root.append(this.bar.element, this.queues.element, this.board.element);
		if (may("receive")) {
			this.page.set_primary_action(__("New reception"), () => new_reception(this));
		}
		if (frappe.model.can_create("Clinic Appointment")) {
			this.page.set_secondary_action(__("New appointment"), () => new_appointment(this));
		}
	}

	listen() {
		frappe.realtime.on("connect", () => this.bar.refresh());
		frappe.realtime.on("disconnect", () => this.bar.refresh());
		this.stop = clinic.live.watch(WATCHED, () => this.refresh(), {
			active: () => this.is_shown(),
			pause: 60, // what one command changed comes together
		});
		this.tick = setInterval(() => this.is_shown() && this.board.tick(), CLOCK_MS);
		clinic.ui.keys(this.wrapper, [
			{ key: "/", label: __("Find a patient"), action: () => this.bar.search.focus() },
			{ key: "n", label: __("New reception"), action: () => new_reception(this) },
			{ key: "a", label: __("New appointment"), action: () => new_appointment(this) },
			{ key: "t", label: __("Go to today"), action: () => this.go(clinic.fmt.today()) },
			{ key: "j", label: __("Next day"), action: () => this.step(1) },
			{ key: "k", label: __("Previous day"), action: () => this.step(-1) },
			{ key: "r", label: __("Fetch again"), action: () => this.refresh() },
		]);
	}

	is_shown() {
		return Boolean(this.wrapper.offsetParent) && !document.hidden;
	}

	/** Called each time the page comes to the front. */
	show() {
		const today = clinic.fmt.today();
		// A desk left open overnight goes on with the new day.
		if (this.opened_on && this.opened_on !== today && this.day === this.opened_on)
			this.day = today;
		this.opened_on = today;
		this.refresh();
		this.stop.flush();
	}

	go(day) {
		this.day = day;
		this.data = null;
		this.board.loading();
		this.refresh();
	}

	step(count) {
		this.go(clinic.fmt.add_days(this.day, count));
	}

	set_branch(branch) {
		this.branch = branch || null;
		localStorage.setItem("clinic_branch", this.branch || "");
		this.go(this.day);
	}

	async refresh() {
		const ticket = ++this.ticket;
		if (!this.data) this.board.loading();
		try {
			const args = { date: this.day, branch: this.branch };
			const data = await clinic.call(BOARD, args, { quiet: true });
			if (ticket !== this.ticket) return;
			this.data = data;
			this.bar.refresh();
			this.queues.show(data);
			this.board.show(data);
		} catch (error) {
			if (ticket !== this.ticket) return;
			if (this.data) clinic.ui.toast(error.message, { kind: "error" });
			else this.board.failed(error, () => this.refresh());
		}
	}

	/** All rows of the board with the column they are in, for the search box. */
	rows() {
		return Object.entries(this.data || {}).flatMap(([column, rows]) =>
			Array.isArray(rows) ? rows.map((row) => ({ ...row, column })) : []
		);
	}
}

function remembered_branch() {
	const branches = Object.keys(clinic.boot().branches || {});
	const kept = localStorage.getItem("clinic_branch");
	if (kept !== null && (kept === "" || branches.includes(kept))) return kept || null;
	return branches.length === 1 ? branches[0] : null;
}

clinic.people.add_menu_item({
	order: 15,
	icon: "door",
	label: () => __("Receive"),
	show: () => frappe.model.can_create("Clinic Visit"),
	on_click: ({ patient, full_name }) => receive_dialog(null, { patient, full_name }),
});

clinic.scheduling.add_appointment_action({
	action: "receive",
	kind: "primary",
	label: () => __("Receive"),
	show: (row) =>
		may("receive") &&
		["Booked", "Confirmed", "Arrived"].includes(row.status) &&
		row.start.slice(0, 10) === clinic.fmt.today(),
	on_click: (row, { on_done }) => receive_dialog({ refresh: on_done }, { appointment: row }),
});

frappe.provide("clinic.front_desk");
Object.assign(clinic.front_desk, { FrontDesk, receive_dialog, actions_of });
