/* The bill: prices come from the server as lines are typed; money moves at the cash desk. */

const PRICE = "clinic_core.service_catalog.api.get_quote";
const AMOUNTS = [
	"list_price",
	"unit_price",
	"list_total",
	"contract_adjustment",
	"discount",
	"tax",
	"insurer_share",
	"rounding",
	"patient_share",
	"total",
];
const TOTALS = AMOUNTS.slice(2);

frappe.ui.form.on("Clinic Reception", {
	setup(frm) {
		frm.set_query("visit", () => ({ filters: { status: ["!=", "Cancelled"] } }));
		frm.set_query("service", "lines", () => ({ filters: { status: "Active" } }));
		for (const [field, second] of [
			["contract", 0],
			["supplementary_contract", 1],
		]) {
			const filters = { is_active: 1, is_supplementary: second };
			frm.set_query(field, "lines", () => ({ filters }));
		}
	},

	refresh(frm) {
		if (frm.doc.docstatus !== 1) return;
		if (frm.doc.outstanding > 0) {
			frm.dashboard.set_headline_alert(
				`<span>${__("Still to pay: {0}", [clinic.fmt.money(frm.doc.outstanding)])}</span>`,
				"orange"
			);
		}
		if (clinic.statement?.open) {
			frm.add_custom_button(__("Statement"), () => clinic.statement.open(frm.doc.patient));
		}
		if (frm.perm[0].cancel) {
			frm.page.clear_secondary_action();
			frm.add_custom_button(__("Cancel with a reason"), () => cancel_with_reason(frm));
		}
	},

	visit(frm) {
		if (!frm.doc.visit) return;
		frappe.db.get_value("Clinic Visit", frm.doc.visit, ["patient", "branch"], (row) =>
			frm.set_value(row)
		);
	},
});

const reprice = (frm, cdt, cdn) => preview(frm, frappe.get_doc(cdt, cdn));

frappe.ui.form.on("Clinic Reception Line", {
	// Areas and contracts of another service mean nothing for this one.
	service: (frm, cdt, cdn) => {
		Object.assign(frappe.get_doc(cdt, cdn), {
			area: null,
			area_title: null,
			contract: null,
			supplementary_contract: null,
			contract_choice: null,
		});
		return choose_area(frm, cdt, cdn);
	},
	area: reprice,
	action: reprice,
	quantity: reprice,
	practitioner: reprice,
	contract: (frm, cdt, cdn) => choose_contract(frm, cdt, cdn),
	supplementary_contract: (frm, cdt, cdn) => choose_contract(frm, cdt, cdn),
	contract_choice: reprice,
	is_touch_up: reprice,
	discount_percent: (frm, cdt, cdn) => one_discount(frm, cdt, cdn, "discount_amount"),
	discount_amount: (frm, cdt, cdn) => one_discount(frm, cdt, cdn, "discount_percent"),
	lines_remove: (frm) => show_totals(frm),
});

// A contract that somebody names is chosen; the server keeps it so.
function choose_contract(frm, cdt, cdn) {
	const row = frappe.get_doc(cdt, cdn);
	row.contract_choice = row.contract || row.supplementary_contract ? "Chosen" : "Automatic";
	return reprice(frm, cdt, cdn);
}

// Percent or amount, not both: the one that is typed last.
function one_discount(frm, cdt, cdn, other) {
	const row = frappe.get_doc(cdt, cdn);
	const typed = other === "discount_amount" ? row.discount_percent : row.discount_amount;
	if (typed) row[other] = 0;
	return reprice(frm, cdt, cdn);
}

// A service with body areas is sold by area (G07): ask for it at once.
async function choose_area(frm, cdt, cdn) {
	const row = frappe.get_doc(cdt, cdn);
	const areas = (row.service && (await clinic.catalog.service(row.service))?.areas) || [];
	if (!areas.length || row.action === "Use Purchased") return reprice(frm, cdt, cdn);
	const take = (area) => {
		Object.assign(row, { area: area.code, area_title: area.title });
		reprice(frm, cdt, cdn);
	};
	const choice = clinic.ui.combo_box({
		label: __("Body area"),
		options: areas.map((area) => ({
			value: area.code,
			label: area.title,
			hint: clinic.fmt.money(area.amount),
			area,
		})),
	});
	clinic.ui.dialog({
		title: __("Choose the body area"),
		content: choice.element,
		on_show: () => choice.focus(),
		primary: {
			label: __("Choose"),
			action: () => {
				if (!choice.option()) throw new Error(__("Choose the body area"));
				take(choice.option().area);
			},
		},
	});
}

async function preview(frm, row) {
	if (!row.service || row.proforma) return;
	let quote = {};
	if (row.action !== "Use Purchased") {
		const asked = args_of(frm, row);
		row.__asked = JSON.stringify(asked);
		quote = await clinic.call(PRICE, asked);
		if (row.__asked !== JSON.stringify(asked)) return;
	}
	for (const field of AMOUNTS) row[field] = quote[field] || 0;
	frm.refresh_field("lines");
	show_totals(frm);
}

function args_of(frm, row) {
	const chosen = row.contract_choice === "Chosen";
	return {
		service: row.service,
		area: row.area || null,
		patient: frm.doc.patient || null,
		branch: frm.doc.branch || null,
		practitioner: row.practitioner || null,
		quantity: row.quantity || 1,
		discount_percent: row.discount_percent || 0,
		discount_amount: row.discount_amount || 0,
		contract: (chosen && row.contract) || null,
		supplementary_contract: (chosen && row.supplementary_contract) || null,
		at_list_price: row.contract_choice === "List Price" ? 1 : 0,
		touch_up: row.is_touch_up ? 1 : 0,
	};
}

function show_totals(frm) {
	for (const field of TOTALS) {
		if (!frm.fields_dict[field]) continue;
		frm.doc[field] = (frm.doc.lines || []).reduce((sum, row) => sum + (row[field] || 0), 0);
		frm.refresh_field(field);
	}
}

function cancel_with_reason(frm) {
	clinic.ui.confirm_reason({
		title: __("Cancel this reception"),
		hint: __("Everything it posted is mirrored. Payments must be undone or paid back first."),
		on_confirm: async (reason, button) => {
			await clinic.command(
				"clinic_reception.front_desk.api.cancel_reception",
				{ reception: frm.doc.name, reason },
				{ button }
			);
			frm.reload_doc();
		},
	});
}
