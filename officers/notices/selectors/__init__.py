"""What a ward's notices tell, and what was sent."""
