"""Between rows and the lines of an export."""
