// SteleTesting · not yet written.
