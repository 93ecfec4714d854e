"""How alike two names are, by named and versioned rules, and why."""
