// The role Rendering; see docs/architecture.md.
