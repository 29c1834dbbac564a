"""The Chinese–English translation lexicon made from CC-CEDICT."""
