// The role KeyedState; see docs/architecture.md.
