"""Rendering of web pages, with the browser's truth about each."""
