"""The documentation as HTML: `sphinx-build -W -c docs . build/docs`. Broken links are warnings, and warnings are errors."""

from __future__ import annotations

project = "termbank"
author = "The termbank maintainers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

# The source folder is the project's own, so that links lead where they lead in the source tree.
root_doc = "docs/index"
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md", "docs/*.md"]

myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_numpy_docstring = False
html_theme = "alabaster"
html_theme_options = {"page_width": "60rem"}
html_copy_source = False
