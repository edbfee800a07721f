// The role Dispatcher; see docs/architecture.md.
