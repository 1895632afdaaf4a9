"""The patient's file: what a new one needs, how it is corrected, what became of it."""
