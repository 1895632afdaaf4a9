"""The data sets of `./clinic bench`: what is in them, and how they come into a site in bulk."""
