"""Sample data: published government IT projects with their sources, and a department's plugin."""
