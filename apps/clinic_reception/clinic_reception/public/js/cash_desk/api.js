// The calls of the cash desk, by their names on the server.
const API = "clinic_reception.cash_desk.api.";

export const read = (method, args, opts) => clinic.call(API + method, args, opts);
export const write = (method, args, opts) => clinic.command(API + method, args, opts);

let methods = null;

/** The payment methods in use, in the clinic's order; asked for once. */
export function payment_methods() {
	methods ||= clinic
		.call("frappe.client.get_list", {
			doctype: "Clinic Payment Method",
			fields: ["name", "title", "kind", "requires_reference"],
			filters: { is_active: 1 },
			order_by: "priority asc, title asc",
			limit_page_length: 50,
		})
		.catch((error) => {
			methods = null;
			throw error;
		});
	return methods;
}
