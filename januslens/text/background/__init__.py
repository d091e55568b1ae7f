"""What a line of text is drawn on."""
