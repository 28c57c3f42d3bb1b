"""Text, tags and links for the pages of patch design."""
