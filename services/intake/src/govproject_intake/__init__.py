"""Declaration, registration, filing, change and supervision (Arts 3-6, 10, 26-29, 34)."""
