"""Typography tokens: sizes, line heights, scales and composite styles."""
