// The role StreamOperators; see docs/architecture.md.
