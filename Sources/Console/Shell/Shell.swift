// The role Shell; see docs/architecture.md.
