// Ledger · not yet written.
