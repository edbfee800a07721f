// The role JobMaster; see docs/architecture.md.
