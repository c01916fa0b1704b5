// FHIR · not yet written.
