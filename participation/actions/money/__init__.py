"""Everything that writes money: funds, budgets, commitments, claims, payments, and the ledger under them."""
