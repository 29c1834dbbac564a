"""The checks, one module each: the docstring is its page; CODE, FAULTY, SOUND and run."""
