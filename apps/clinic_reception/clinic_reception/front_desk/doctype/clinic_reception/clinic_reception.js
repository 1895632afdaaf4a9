/* The bill: prices come from the server as lines are typed; money moves at the cash desk. */

const PRICE = "clinic_core.service_catalog.api.get_quote";
const AMOUNTS = [
	"list_price",
	"unit_price",
	"list_total",
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
	service: reprice,
	action: reprice,
	quantity: reprice,
	discount_percent: reprice,
	lines_remove: (frm) => show_totals(frm),
});

async function preview(frm, row) {
	if (!row.service) return;
	let quote = {};
	if (row.action !== "Use Purchased") {
		const asked = `${row.service}|${row.quantity}|${row.discount_percent}`;
		row.__asked = asked;
		quote = await clinic.call(PRICE, {
			service: row.service,
			patient: frm.doc.patient,
			quantity: row.quantity || 1,
			discount_percent: row.discount_percent || 0,
		});
		if (row.__asked !== asked) return;
	}
	for (const field of AMOUNTS) row[field] = quote[field] || 0;
	frm.refresh_field("lines");
	show_totals(frm);
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
