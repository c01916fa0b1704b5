// API · not yet written.
