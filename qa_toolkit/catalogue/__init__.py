"""The models, the loader and the lint of ``checks/``: what is checked, in words and parameters."""
