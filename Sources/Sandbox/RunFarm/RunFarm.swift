// The role RunFarm; see docs/architecture.md.
