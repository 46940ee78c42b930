"""The archive as a folder that any tool can read, written and read back: docs/export.md tells its format."""
