"""Which calendar a person reads and types dates in, and dates written in it (N4)."""
