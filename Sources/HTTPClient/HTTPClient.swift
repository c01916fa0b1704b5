// HTTPClient · not yet written.
