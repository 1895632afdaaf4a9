// Contact → patient (C085): whoever is already known comes first, then the register form, prefilled.
import { button, fill, h, phone } from "../kit";

const CONVERT = "clinic_crm.pipeline.api.convert_to_patient";
const FIND = "clinic_core.people.api.find_patients";

/** Open the dialog; `on_done` runs when the lead has its patient. */
export async function open_convert({ lead, duplicates = [], on_done }) {
	const referral_source = await source_of(lead).catch(() => null);
	const form = clinic.people.register_form({
		values: { ...person_of(lead), referral_source },
		on_use: (row) => choose(row.name),
		on_enter: () => frame.primary_button.click(),
	});
	let registered = null;
	const known = h("div", { class: "clinic-known" });
	const search = h("div");
	const finish = (made) => {
		clinic.ui.toast(__("The lead now belongs to a patient. An appointment can be booked."));
		on_done?.(made);
	};
	const frame = clinic.ui.dialog({
		title: __("Convert to patient"),
		size: "large",
		content: h(
			"div",
			{ class: "clinic-form" },
			known,
			clinic.ui.field({ label: __("Already a patient?"), control: search }),
			h("h5", { class: "clinic-known__heading" }, __("New patient")),
			form.element
		),
		primary: {
			label: __("Register as new patient"),
			action: async (element, error_area) => {
				const opts = { button: element, error_area };
				// If the second step fails, the patient is not registered again.
				registered ||= await form.save(opts);
				const answer = await convert(lead, registered.name, opts);
				if (registered.duplicates.length && !form.look_alikes().length)
					clinic.people.tell_duplicates(registered);
				finish(answer);
			},
		},
	});
	const choose = async (patient, element) => {
		finish(await convert(lead, patient, { button: element, error_area: frame.error_area }));
		frame.hide();
	};
	clinic.people.search_box(search, { on_select: (row) => choose(row.name) });
	offer_known(known, { lead, duplicates, choose });
}

function person_of(lead) {
	const [first_name, ...rest] = (lead.person_name || "").split(" ");
	return { first_name, last_name: rest.join(" "), mobile: lead.mobile };
}

// The referral source that the lead's marketing channel stands for.
async function source_of(lead) {
	const { channel } = await value_of("Clinic Lead", lead.name, "channel");
	if (!channel) return null;
	const { referral_source } = await value_of(
		"Clinic Marketing Channel",
		channel,
		"referral_source"
	);
	return referral_source;
}

function value_of(doctype, filters, fieldname) {
	const args = { doctype, filters, fieldname };
	return clinic.call("frappe.client.get_value", args, { quiet: true });
}

function convert(lead, patient, opts) {
	return clinic.command(CONVERT, { lead: lead.name, patient }, opts);
}

// A family shares a number, so the choice is the person's, never ours.
async function offer_known(area, { lead, duplicates, choose }) {
	const people = new Map();
	const files = duplicates.filter((row) => row.doctype === "Clinic Patient" && row.name);
	for (const row of files) people.set(row.name, row);
	if (lead.mobile) {
		const args = { text: lead.mobile, limit: 5 };
		const found = await clinic.call(FIND, args, { quiet: true }).catch(() => []);
		for (const row of found) people.set(row.name, row);
	}
	if (!people.size) return;
	const question = __("Already on file. Is it the same person?");
	fill(
		area,
		h("p", { class: "clinic-known__warning" }, question),
		[...people.values()].map((row) => known_row(row, choose))
	);
}

function known_row(row, choose) {
	const file = row.file_no && __("File {0}", [clinic.fmt.digits(row.file_no)]);
	return h(
		"div",
		{ class: "clinic-known__row" },
		h("strong", {}, row.full_name),
		h("span", { class: "text-muted" }, file),
		phone(row.mobile),
		button(__("Use this patient"), (e) => choose(row.name, e.currentTarget), { size: "xs" })
	);
}
