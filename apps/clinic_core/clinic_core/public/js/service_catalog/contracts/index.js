/* Contracts, insurers and proformas in the desk, as clinic.contracts. */

export * as form from "./form.js";
export * as list from "./list.js";
export * as proforma from "./proforma.js";
export { add_services } from "./add_services.js";
export { show_covered } from "./covered.js";
export { show_of_insurer } from "./of_insurer.js";
