"""The site of these documents: Sphinx, MyST for Markdown, Furo for looks. Built by `make docs`."""

project = "News Digest Bot"
author = "The News Digest Bot authors"
copyright = f"2026, {author}"  # noqa: A001 - Sphinx's name

extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

highlight_language = "none"  # unless a block names its own

html_theme = "furo"
html_title = project
html_favicon = "pictures/icon.svg"
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
