// The role Deployment; see docs/architecture.md.
