"""The gate in front of the government cloud (Arts 2, 3, 6, 7, 14, 26, 27, 29, 34)."""
