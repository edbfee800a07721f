// The role StreamModel; see docs/architecture.md.
