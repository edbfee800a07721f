// The role Workloads; see docs/architecture.md.
