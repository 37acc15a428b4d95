"""Spending: approval, budgets, quotes, records, and a ledger that makes each thing once."""
