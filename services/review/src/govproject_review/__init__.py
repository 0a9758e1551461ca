"""Pre-review, joint review, experts, fiscal evaluation and approval (Arts 6-11)."""
