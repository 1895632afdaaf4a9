/* Ask a person for consent: read the text, sign or say it, give, refuse or withdraw (E001, F40). */

import { call, command } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { fill, h } from "../../kit/dom.js";
import { lang } from "../../kit/boot.js";
import { number } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { control, field, segmented, skeleton } from "../../kit/ui.js";
import { signature_pad } from "./signature_pad.js";

export const API = "clinic_core.people.consent.api";
const LANGUAGES = { fa: "فارسی", en: "English", tr: "Türkçe", zh: "中文" };
const RTL = ["fa", "ar"];

/**
 * consent_dialog({person: {doctype, name}, full_name, policies: [{name, title, version_no}], policy,
 * purpose, purpose_label, on_done}). Without a policy the answer is to the bare purpose.
 */
export function consent_dialog({
	person,
	full_name,
	policies = [],
	policy,
	purpose,
	purpose_label,
	decision = "Given",
	on_done,
}) {
	const state = { policy: policy || policies[0]?.name || "", language: lang(), decision };
	const pad = signature_pad();
	const text = h("div", { class: "clinic-consent__text" });
	const note = h("textarea", { class: "form-control", rows: 2, "aria-label": __("Note") });
	const evidence = control({ fieldtype: "Attach", label: __("Scan"), fieldname: "evidence" });
	const signing = field({ label: __("Signature"), control: pad.element, required: true });
	const scan = field({
		label: __("Scan"),
		control: evidence.element || evidence,
		required: true,
	});
	const how = segmented({
		label: __("How"),
		value: "Signed on Tablet",
		options: ["Signed on Tablet", "Verbal", "Paper Scan", "SMS Reply"].map((value) => ({
			value,
			label: __(value),
		})),
		on_change: (value) => show_proof(value),
	});
	const answer = segmented({
		label: __("Answer"),
		value: decision,
		options: ["Given", "Refused", "Withdrawn"].map((value) => ({ value, label: __(value) })),
		on_change: (value) => (state.decision = value),
	});
	const show_proof = (value) => {
		signing.hidden = value !== "Signed on Tablet";
		scan.hidden = value !== "Paper Scan";
	};
	show_proof("Signed on Tablet");
	if (state.policy) show_text(text, state);
	const choices =
		policies.length > 1 &&
		select(policies, state.policy, (value) => {
			state.policy = value;
			show_text(text, state);
		});
	return dialog({
		title: __("Consent of {0}", [full_name || ""]),
		size: "large",
		content: h(
			"div",
			{ class: "clinic-form clinic-consent" },
			purpose_label && h("p", { class: "clinic-consent__purpose" }, __(purpose_label)),
			choices && field({ label: __("Text"), control: choices }),
			state.policy && text,
			field({ label: __("Answer"), control: answer }),
			field({ label: __("How"), control: how }),
			signing,
			scan,
			field({ label: __("Note"), control: note })
		),
		primary: {
			label: __("Record"),
			action: async (button, error_area) => {
				const chosen = how.dataset.value;
				const made = await command(
					`${API}.record_consent`,
					{
						person_doctype: person.doctype,
						person: person.name,
						decision: state.decision,
						how: chosen,
						policy: state.policy || null,
						purposes: purpose ? [purpose] : null,
						signature: chosen === "Signed on Tablet" ? pad.get() : null,
						evidence: chosen === "Paper Scan" ? value_of(evidence) : null,
						language: state.language,
						note: note.value.trim() || null,
					},
					{ button, error_area }
				);
				toast(__("The answer was recorded."));
				on_done?.(made);
			},
		},
	});
}

function value_of(made) {
	return made.get ? made.get() : made.get_value?.();
}

function select(policies, value, on_change) {
	const element = h(
		"select",
		{ class: "form-control clinic-select", on_change: () => on_change(element.value) },
		policies.map((row) =>
			h(
				"option",
				{ value: row.name, selected: row.name === value || null },
				`${row.title} (${__("Version")} ${number(row.version_no)})`
			)
		)
	);
	return element;
}

async function show_text(holder, state) {
	fill(holder, skeleton(1));
	const shown = await call(`${API}.policy_text`, {
		policy: state.policy,
		language: state.language,
	});
	const others = shown.languages.filter((code) => code !== shown.language);
	// The server has let through harmless tags only (rich_text.clean_html).
	const body = h("div", { class: "clinic-consent__body" });
	body.innerHTML = frappe.dom.remove_script_and_style(shown.body);
	fill(
		holder,
		h(
			"div",
			{ class: "clinic-consent__head" },
			h("b", {}, shown.title),
			h("span", { class: "text-muted" }, `${__("Version")} ${number(shown.version_no)}`),
			others.map((code) =>
				h(
					"button",
					{
						class: "btn btn-xs btn-default",
						lang: code,
						on_click: () =>
							show_text(holder, Object.assign(state, { language: code })),
					},
					LANGUAGES[code] || code
				)
			)
		),
		body
	);
	state.language = shown.language;
	holder.setAttribute("dir", RTL.includes(shown.language) ? "rtl" : "ltr");
	holder.setAttribute("lang", shown.language);
}
