"""Programs that fit the numbers shipped as JSON inside the packages, from texts that the project does not ship."""
