// JSON · not yet written.
