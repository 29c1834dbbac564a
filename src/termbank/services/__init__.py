"""What a person asks for, one module each; the only package that joins the others."""

from termbank.model.resources import use_cache
from termbank.services.copy_folder import ResourceCache

use_cache(ResourceCache())
