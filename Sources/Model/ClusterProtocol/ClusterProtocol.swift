// The role ClusterProtocol; see docs/architecture.md.
