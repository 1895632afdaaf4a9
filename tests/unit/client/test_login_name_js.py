"""What is typed into the login box takes the form the server keeps (G10): one table, both sides."""

import base64
import json
import shutil
import subprocess

import pytest

TYPED = {
	"09123456789": "09123456789",
	"۰۹۱۲ ۳۴۵ ۶۷۸۹": "09123456789",
	"٠٩١٢-٣٤٥-٦٧٨٩": "09123456789",
	"+98 912 345 6789": "09123456789",
	"0098 (912) 345 6789": "09123456789",
	"\u200e+98 912 345 67 89\u200f": "09123456789",
	"+90 532 123 4567": "+905321234567",
	"mina@clinic.example": "mina@clinic.example",
	" Administrator ": "Administrator",
	"12": "12",
	"": "",
}


def test_login_names(repo_root):
	node = shutil.which("node") or pytest.skip("needs node")
	kit = repo_root / "apps/clinic_core/clinic_core/public/js/kit"
	# Node takes a lone file for CommonJS: both parts as one module in an address.
	digits, rule = (kit / "digits.js").read_text(), (kit / "login_name.js").read_text()
	text = digits + rule.replace('import { to_latin } from "./digits.js";', "")
	module = "data:text/javascript;base64," + base64.b64encode(text.encode()).decode()
	script = (
		f"const {{ login_name }} = await import({json.dumps(module)});"
		f"console.log(JSON.stringify({json.dumps(list(TYPED))}.map((text) => login_name(text, '98'))));"
	)
	run = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True)
	assert run.returncode == 0, run.stderr[-500:]
	assert json.loads(run.stdout) == list(TYPED.values())
