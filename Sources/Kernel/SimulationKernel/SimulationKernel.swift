// The role SimulationKernel; see docs/architecture.md.
