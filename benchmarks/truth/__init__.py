"""Reading of a page's truth and of results, and the benchmarks' own color arithmetic."""
