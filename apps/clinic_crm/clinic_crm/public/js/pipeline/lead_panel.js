// The side panel: who, what they wish, what happened, and everything one can do next.
import { badge, button, fill, h, person, phone } from "../kit";
import { open_activity } from "./activity_dialog";
import { open_booking } from "./booking_dialog";
import { open_convert } from "./convert_dialog";
import { mark_stagnant } from "./status_menu";
import { render_timeline } from "./timeline";

const API = "clinic_crm.pipeline.api.";
const OPEN = new Set(["New Lead", "In Progress", "New Opportunity"]);

/** Shows one lead (or an activity or call without a lead) and runs its actions. */
export class LeadPanel {
	constructor(root, { on_change }) {
		this.root = root;
		this.on_change = on_change;
		this.target = null;
		this.details = null;
		this.show_nothing();
	}

	/** `target` is {lead, activity?, call?}: the row chosen in the list. */
	async open(target) {
		const same = this.details && this.details.lead.name === target.lead;
		this.target = target;
		if (!target.lead) {
			this.details = null;
			this.show_orphan(target);
			return;
		}
		if (same) this.render();
		else fill(this.root, clinic.ui.skeleton(6));
		await this.refresh();
	}

	async refresh() {
		const target = this.target;
		if (!target?.lead) return;
		let details;
		try {
			details = await clinic.call(
				API + "lead_details",
				{ lead: target.lead },
				{ quiet: true }
			);
		} catch (error) {
			if (target === this.target) this.show_error(error);
			return;
		}
		if (target !== this.target) return;
		this.details = details;
		this.render();
	}

	focus() {
		this.root.querySelector("button:not(:disabled)")?.focus();
	}

	show_nothing() {
		const hint = __("Arrow keys move through the list, A logs an activity, N adds a lead.");
		fill(this.root, clinic.ui.empty({ icon: "user", title: __("Choose a lead"), hint }));
	}

	show_error(error) {
		this.details = null;
		const title = __("This lead could not be opened");
		fill(this.root, clinic.ui.empty({ icon: "alert", title, hint: error.message }));
	}

	show_orphan({ activity, call }) {
		const row = activity || call;
		const number = row.phone || row.mobile;
		const open_activity_row = activity && activity.status !== "Done";
		fill(
			this.root,
			h(
				"div",
				{ class: "clinic-lead" },
				h("h2", { class: "clinic-lead__name" }, row.title || person(row)),
				h("p", { class: "text-muted" }, row.title && row.person_name, " ", phone(number)),
				h("p", {}, __("This entry does not belong to a lead.")),
				h(
					"div",
					{ class: "clinic-lead__actions" },
					open_activity_row &&
						button(__("Mark as done"), () => this.complete(activity), {
							kind: "primary",
						}),
					button(__("Open form"), () => this.open_form())
				)
			)
		);
	}

	render() {
		const { lead } = this.details;
		const top = this.root.scrollTop;
		fill(
			this.root,
			h(
				"div",
				{ class: "clinic-lead" },
				render_head(lead),
				clinic.people.marks_strip(lead.patient),
				h("div", { class: "clinic-lead__actions" }, this.actions(lead)),
				render_duplicates(this.details.duplicates),
				render_facts(lead),
				h("h3", { class: "clinic-lead__heading" }, __("History")),
				render_timeline(this.details, {
					current: this.target.activity?.name,
					on_complete: (activity) => this.complete(activity),
				})
			)
		);
		this.root.scrollTop = top;
	}

	actions(lead) {
		const may = new Set(this.details.actions);
		const open = OPEN.has(lead.status);
		const done = () => this.changed();
		const context = { ...this.details, on_done: done };
		const primary = { kind: "primary" };
		return [
			this.can_log() && button(__("Log activity"), () => this.log_activity(), primary),
			may.has("convert_to_patient") &&
				button(__("Convert to patient"), () => open_convert(context)),
			may.has("book") &&
				!lead.appointment &&
				button(__("Book appointment"), () => open_booking(context)),
			may.has("take") && open && this.command_button(__("Take it"), "take_lead"),
			may.has("set_stagnant") &&
				button(__("Mark stagnant"), () => mark_stagnant(lead, done)),
			may.has("reopen") && this.command_button(__("Reopen"), "reopen", primary),
			button(__("Attach file"), () => this.attach()),
			button(__("Open form"), () => this.open_form()),
		];
	}

	can_log() {
		const { lead, actions } = this.details || {};
		return Boolean(lead) && OPEN.has(lead.status) && actions.includes("log_activity");
	}

	command_button(label, method, looks) {
		return button(label, (e) => this.command(method, {}, e.currentTarget), looks);
	}

	log_activity() {
		if (!this.can_log()) return;
		open_activity({ lead: this.details.lead, on_done: () => this.changed() });
	}

	complete(activity) {
		open_activity({ lead: this.details?.lead, activity, on_done: () => this.changed() });
	}

	attach() {
		const { name } = this.details.lead;
		new frappe.ui.FileUploader({
			doctype: "Clinic Lead",
			docname: name,
			make_attachments_public: false,
			on_success: () => clinic.ui.toast(__("The file is attached.")),
		});
	}

	async command(method, values, element) {
		const { name } = this.details.lead;
		try {
			await clinic.command(API + method, { lead: name, ...values }, { button: element });
		} catch (error) {
			return; // The kit has shown it.
		}
		this.changed();
	}

	changed() {
		this.refresh();
		this.on_change();
	}

	open_form() {
		const { lead, activity, call } = this.target;
		if (lead) frappe.set_route("Form", "Clinic Lead", lead);
		else if (activity) frappe.set_route("Form", "Clinic Activity", activity.name);
		else frappe.set_route("Form", "Clinic Call", call.name);
	}
}

// A number is dialled after the gate has been asked: who wants no calls gets none (E011).
function ask_first(lead) {
	return (event) => {
		event.preventDefault();
		clinic.privacy.may_call({ doctype: "Clinic Lead", name: lead.name || lead.lead }, () => {
			window.location.href = `tel:${lead.mobile}`;
		});
	};
}

function render_head(lead) {
	const number = lead.mobile
		? h(
				"a",
				{
					class: "clinic-lead__phone",
					href: `tel:${lead.mobile}`,
					on_click: ask_first(lead),
				},
				phone(lead.mobile)
		  )
		: h("span", { class: "text-muted" }, __("No number"));
	return h(
		"header",
		{ class: "clinic-lead__head" },
		h(
			"div",
			{ class: "clinic-lead__line" },
			h("h2", { class: "clinic-lead__name" }, person(lead)),
			badge(lead.status)
		),
		h("div", { class: "clinic-lead__title" }, lead.title),
		number
	);
}

function render_facts(lead) {
	const facts = [
		[__("Wishes"), chips(lead.services)],
		[__("Appointment"), lead.appointment_start && clinic.fmt.datetime(lead.appointment_start)],
		[__("Channel"), lead.channel_title],
		[__("Priority"), lead.priority && __(lead.priority)],
		[__("Assigned to"), lead.assigned_name || lead.assigned_to || __("Nobody yet")],
		[__("Team"), lead.team],
		[__("Description"), lead.description],
		[__("Reason"), lead.status === "Stagnant" && lead.reason],
		[__("Created"), created(lead)],
	];
	return h(
		"dl",
		{ class: "clinic-lead__facts" },
		facts
			.filter(([, value]) => value)
			.map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)])
	);
}

// A family shares a number: say who else is on file, decide nothing.
function render_duplicates(duplicates) {
	if (!duplicates?.length) return null;
	return h(
		"div",
		{ class: "clinic-lead__duplicates" },
		__("Perhaps the same person:"),
		duplicates.map(({ doctype, name, full_name }) =>
			doctype === "Clinic Patient"
				? person({ patient: name, person_name: full_name })
				: h("a", { href: frappe.utils.get_form_link(doctype, name) }, full_name || name)
		)
	);
}

function chips(services) {
	return (
		services?.length && services.map((each) => h("span", { class: "clinic-lead__chip" }, each))
	);
}

// C043: who made it and when.
function created(lead) {
	const when = clinic.fmt.datetime(lead.created);
	return lead.created_by ? __("{0} by {1}", [when, lead.created_by]) : when;
}
