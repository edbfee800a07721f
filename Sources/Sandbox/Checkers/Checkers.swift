// The role Checkers; see docs/architecture.md.
