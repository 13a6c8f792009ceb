"""Lists as QML sees them: rows with named roles."""
