// Ordering · not yet written.
