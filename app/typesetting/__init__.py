"""Documents on paper: PDF set by Typst with the Noto fonts of the region's scripts."""
