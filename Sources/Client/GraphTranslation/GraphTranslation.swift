// The role GraphTranslation; see docs/architecture.md.
