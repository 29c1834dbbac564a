"""What a person asks for; the only room that joins the others."""
