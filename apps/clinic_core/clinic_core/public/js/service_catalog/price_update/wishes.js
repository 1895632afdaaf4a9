/* What a price update wants, read from the fields of its form. */

/** The fields that say what is wanted. */
const FIELDS = [
	"valid_from",
	"applies_to",
	"contract",
	"include_areas",
	"include_inactive",
	"departments",
	"services",
	"method",
	"change_percent",
	"change_amount",
	"rounding_step",
	"rounding",
	"overrides",
];

/** The wishes of the form, saved or not. */
export function values_of(frm) {
	return Object.fromEntries(FIELDS.map((field) => [field, frm.doc[field] ?? null]));
}

/** JSON kept in a field of the document. */
export function read_json(frm, field, empty_value) {
	try {
		return JSON.parse(frm.doc[field] || "null") ?? empty_value;
	} catch (error) {
		return empty_value;
	}
}
