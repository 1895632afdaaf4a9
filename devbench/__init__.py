"""How a local bench is provisioned and run. Nothing of the product lives here."""
