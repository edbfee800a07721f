// The role TaskManager; see docs/architecture.md.
