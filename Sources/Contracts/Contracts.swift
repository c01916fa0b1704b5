// Contracts · not yet written.
