// Vault · not yet written.
