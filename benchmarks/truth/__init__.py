"""Reading of the browser's truth and of Janus's results, and the benchmarks' own color arithmetic."""
