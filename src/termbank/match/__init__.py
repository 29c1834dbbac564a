"""Finding terms in text: one matcher for lookup, survey, checks, extraction and concordance."""
