"""What notices say, on paper and in an e-mail."""
