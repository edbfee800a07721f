// The role Sandbox; see docs/architecture.md.
