"""What is known: the evidence package, its checks, and comparisons made of it."""
