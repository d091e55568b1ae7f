"""What anyone can rerun to check the README's figures: see README.md in this folder."""
