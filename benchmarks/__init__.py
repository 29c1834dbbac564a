"""Figures: quality on labelled texts and speed as ratios, printed by one command."""
