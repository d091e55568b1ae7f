"""Time and memory of an analysis, its tokens, cold starts and a refused sign-in."""
