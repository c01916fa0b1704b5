// Consensus · not yet written.
