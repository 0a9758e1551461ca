"""The demo's chapters, a function each. Every outcome printed is what a service answered."""
