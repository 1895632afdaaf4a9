/* Website pages: who signs in with a phone number may type it with Persian digits. */

import { to_latin } from "./kit/digits.js";

const FIELDS = "#login_email, #forgot_email, input[type=tel]";

// Not the password: its digits are part of the secret.
document.addEventListener("input", (event) => {
	const input = event.target;
	if (!input.matches?.(FIELDS)) return;
	const latin = to_latin(input.value);
	if (latin === input.value) return;
	// The browser allows no selection in inputs of type email.
	const at = input.type === "email" ? null : input.selectionStart;
	input.value = latin;
	if (at !== null) input.setSelectionRange(at, at);
});
