// Node · not yet written.
