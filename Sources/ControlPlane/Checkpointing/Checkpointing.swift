// The role Checkpointing; see docs/architecture.md.
