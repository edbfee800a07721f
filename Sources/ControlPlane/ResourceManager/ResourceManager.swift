// The role ResourceManager; see docs/architecture.md.
