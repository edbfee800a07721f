// The role ClusterClient; see docs/architecture.md.
