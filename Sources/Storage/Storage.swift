// Storage · not yet written.
