// HTTPServer · not yet written.
