// The role DataStreamAPI; see docs/architecture.md.
