/* Book or move an appointment: service, practitioner, a free time, one click. */

import { command } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { h } from "../kit/dom.js";
import { datetime, number, time } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { button as small_button, field } from "../kit/ui.js";
import { marks_strip } from "../people/marks.js";
import { practitioner_picker } from "../service_catalog/pickers.js";
import { text_input } from "../controls/inputs.js";
import { area_field } from "./area_field.js";
import { exception_field, notes_strip, penalty_hint, side_choice } from "./rules.js";
import { fitting_services } from "./fitting_services.js";
import { asked_time } from "./asked_time.js";
import { patient_part } from "./patient_part.js";
import { notify_choice } from "./notify_choice.js";
import { slot_picker } from "./slot_picker.js";
import { wish_dialog } from "./waiting/wish_dialog.js";

const API = "clinic_core.scheduling.api";

/**
 * book_dialog({patient, full_name, service, area, practitioner, branch, from_date, method, args, on_done})
 * – books through scheduling.api.book, or `method` with `args` besides (an opportunity books through
 * its own endpoint). Without a patient it asks for whom, and registers who is new in the same dialog
 * (E205). `start`, `place` and `resource` are a time and a room that were pointed at; free times are offered
 * when it is given up. `within`: {practitioner or resource, title}: offer only services that fit there.
 */
export function book_dialog(opts) {
	const { service = null, practitioner = null, area = null } = opts;
	const chosen = { service, practitioner, area };
	const whom =
		opts.patient || opts.method ? null : patient_part({ on_change: (row) => now_for(row) });
	const asked = asked_time({ ...opts, on_give_up: () => offer_times() });
	const picker = slot_picker({ ...opts, ...chosen, on_pick: (slot) => enable(slot) });
	const change = (name) => (value) => {
		if ((value || null) === chosen[name]) return;
		chosen[name] = value || null;
		if (name === "service") {
			chosen.area = null;
			areas?.show(chosen.service);
		}
		if (name === "practitioner") services.follow(chosen.practitioner);
		picker.set({ ...chosen });
	};
	const services = fitting_services({
		value: service,
		within: opts.within,
		on_change: change("service"),
	});
	// A session is of what was bought, another endpoint knows no areas.
	const areas =
		opts.method || opts.args?.session ? null : area_field({ on_change: change("area") });
	areas?.show(service, area);
	const note = text_input({ label: __("Note") });
	const exception = exception_field();
	picker.element.hidden = Boolean(asked.get());
	const frame = dialog({
		title: opts.full_name
			? __("New appointment for {0}", [opts.full_name])
			: __("New appointment"),
		size: "large",
		content: h(
			"div",
			{ class: "clinic-form" },
			asked.element,
			whom && field({ label: __("Patient"), control: whom.element, required: true }),
			marks_strip(opts.patient),
			notes_strip(opts.patient),
			choices(services, chosen, change, areas),
			picker.element,
			may_wait(opts) && wait_line(opts, chosen, () => frame.hide()),
			field({ label: __("Note"), control: note.element }),
			exception.element
		),
		on_show: () => (whom ? whom.focus() : !chosen.service && services.focus()),
		primary: {
			label: __("Book"),
			action: async (button, error_area) => {
				const slot = slot_of(asked, chosen) || picked_or_throw(picker);
				const patient = whom ? await whom.settle({ button, error_area }) : null;
				const args = {
					...(opts.method ? {} : { patient: patient?.name || opts.patient }),
					...opts.args,
					service: chosen.service,
					...(areas && chosen.area ? { area: chosen.area } : {}),
					practitioner: slot.practitioner,
					start: slot.start,
					branch: slot.branch,
					...(asked.get() && opts.resource ? { resource: opts.resource } : {}),
					...(note.get() ? { note: note.get() } : {}),
					...exception.read(),
				};
				const made = await exception.offer(() =>
					try_slot(picker, asked, () =>
						command(opts.method || `${API}.book`, args, { button, error_area })
					)
				);
				toast(booked_text(slot, made));
				opts.on_done?.(made);
			},
		},
	});
	const enable = (slot) =>
		frame.primary_button.classList.toggle("clinic-waiting", !slot && !asked.get());
	const offer_times = () => {
		picker.element.hidden = false;
		enable(picker.picked());
	};
	// Whose time it is decides which times are free.
	const now_for = (row) => picker.set({ patient: row?.name || null });
	enable(null);
	return frame;
}

/** move_dialog({appointment, patient, service, area, practitioner, full_name, on_done}) – a new time, with reason. */
export function move_dialog(opts) {
	const picker = slot_picker({ ...opts });
	const reason = text_input({ label: __("Reason") });
	const side = side_choice();
	const exception = exception_field();
	const tell = notify_choice();
	return dialog({
		title: __("Move the appointment of {0}", [opts.full_name]),
		size: "large",
		content: h(
			"div",
			{ class: "clinic-form" },
			marks_strip(opts.patient),
			picker.element,
			field({ label: __("Reason"), control: reason.element, required: true }),
			side.element,
			penalty_hint(opts.appointment, "Move", side),
			exception.element,
			tell.element
		),
		primary: {
			label: __("Move"),
			action: async (button, error_area) => {
				const slot = picked_or_throw(picker);
				if (!reason.get()) {
					reason.input.focus();
					throw new Error(__("Please write a reason."));
				}
				const args = {
					appointment: opts.appointment,
					start: slot.start,
					practitioner: slot.practitioner,
					reason: reason.get(),
					by: side.get(),
					...exception.read(),
					...tell.args(),
				};
				const made = await exception.offer(() =>
					try_slot(picker, null, () =>
						command(`${API}.reschedule`, args, { button, error_area })
					)
				);
				toast(__("Moved to {0}.", [datetime(slot.start)]));
				opts.on_done?.(made);
			},
		},
	});
}

// A session is planned, not waited for; another endpoint books for its own document.
const may_wait = (opts) =>
	opts.patient && !opts.args?.session && frappe.model.can_create("Clinic Waiting List Entry");

function wait_line(opts, chosen, close) {
	return h(
		"div",
		{ class: "clinic-wait-line text-muted" },
		__("No time fits?"),
		" ",
		small_button({
			label: __("Add to waiting list"),
			icon: "clock",
			kind: "quiet",
			on_click: () => {
				close();
				wish_dialog({ ...opts, ...chosen, on_done: null });
			},
		})
	);
}

function choices(services, chosen, change, areas) {
	const practitioner = practitioner_picker({
		value: chosen.practitioner,
		on_change: change("practitioner"),
	});
	return h(
		"div",
		{ class: "clinic-row" },
		field({
			label: __("Service"),
			control: services.element,
			required: true,
			hint: services.hint,
		}),
		areas?.element,
		field({ label: __("Practitioner"), control: practitioner.element })
	);
}

function booked_text(slot, made) {
	if (!made?.queue_no) return __("Booked for {0}.", [datetime(slot.start)]);
	return __("Number {0}, about {1}.", [number(made.queue_no), time(made.start)]);
}

// The time that was pointed at; without a branch the one of the practitioner's shift is taken.
function slot_of(asked, chosen) {
	if (!asked.get()) return null;
	if (!chosen.service) throw new Error(__("Please choose a service."));
	if (!chosen.practitioner) throw new Error(__("Please choose the practitioner."));
	return { start: asked.get(), practitioner: chosen.practitioner, branch: null };
}

function picked_or_throw(picker) {
	const slot = picker.picked();
	if (!slot) throw new Error(__("Please choose a free time."));
	return slot;
}

// Somebody was faster: the times are fetched again, the message stays.
async function try_slot(picker, asked, work) {
	try {
		return await work();
	} catch (error) {
		if (error.status === 409) {
			asked?.give_up();
			picker.refresh();
		}
		throw error;
	}
}
