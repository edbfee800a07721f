// The role JobGraphs; see docs/architecture.md.
