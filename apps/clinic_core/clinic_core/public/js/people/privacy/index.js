/* Consents, blocking and requests for one's data, as `clinic.privacy`. */

export { block_dialog } from "./block_dialog.js";
export { consent_dialog } from "./consent_dialog.js";
export { consent_panel, contact_line } from "./consent_panel.js";
export { erasure_dialog } from "./erasure_dialog.js";
export { may_call } from "./may_call.js";
export { install as install_read_again } from "./read_again.js";
