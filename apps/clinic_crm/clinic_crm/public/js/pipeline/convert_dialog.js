// Contact → patient (C085): whoever is already known comes first, then the register form, prefilled.
import { button, fill, h, phone } from "../kit";

const CONVERT = "clinic_crm.pipeline.api.convert_to_patient";
const FIND = "clinic_core.people.api.find_patients";

/** Open the dialog; `on_done` runs when the lead has its patient. */
export function open_convert({ lead, on_done }) {
	const form = clinic.people.register_form({ values: values_of(lead) });
	const known = h("div", { class: "clinic-known" });
	const search = h("div");
	const finish = (made) => {
		clinic.ui.toast(__("The lead now belongs to a patient. An appointment can be booked."));
		on_done?.(made);
	};
	const frame = clinic.ui.dialog({
		title: __("Convert to patient"),
		size: "large",
		content: [
			known,
			clinic.ui.field({ label: __("Already a patient?"), control: search }),
			h("h5", { class: "clinic-known__heading" }, __("New patient")),
			form.element,
		],
		primary: {
			label: __("Register as new patient"),
			action: async (element, error_area) => {
				const opts = { button: element, error_area };
				const made = await form.save(opts);
				const answer = await convert(lead, made.name, opts);
				if (made.duplicates.length) clinic.people.tell_duplicates(made);
				finish(answer);
			},
		},
	});
	const choose = async (patient, element) => {
		finish(await convert(lead, patient, { button: element, error_area: frame.error_area }));
		frame.hide();
	};
	clinic.people.search_box(search, { on_select: (row) => choose(row.name) });
	offer_known(known, lead, choose);
}

function values_of(lead) {
	const [first, ...rest] = (lead.person_name || "").split(" ");
	return {
		first_name: lead.first_name || first,
		last_name: lead.last_name || rest.join(" "),
		mobile: clinic.fmt.phone(lead.mobile),
		referral_source: lead.referral_source,
	};
}

function convert(lead, patient, opts) {
	return clinic.command(CONVERT, { lead: lead.name, patient }, opts);
}

// A family shares a number, so the choice is the person's, never ours.
async function offer_known(area, lead, choose) {
	if (!lead.mobile) return;
	const args = { text: lead.mobile, limit: 5 };
	const rows = await clinic.call(FIND, args, { quiet: true }).catch(() => []);
	if (!rows.length) return;
	const question = __("This number is already on file. Is it the same person?");
	fill(
		area,
		h("p", { class: "clinic-known__warning" }, question),
		rows.map((row) => known_row(row, choose))
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
