// The role TaskRuntime; see docs/architecture.md.
