"""What readers see: one short view a page, each a question to the archive and a template."""
