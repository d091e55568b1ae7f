"""Pictures that show what an analysis found: the places of issues, and what people with other eyes see."""
