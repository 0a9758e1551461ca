"""From the implementation file to acceptance, operation and evaluation (Arts 14, 18-24, 28-33)."""
