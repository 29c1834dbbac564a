"""What a person asks for, one module each; the only package that joins the others."""
