"""What an import keeps, and what it finds kept: captures' bytes on disk, rows in the database, one writer at a time."""
