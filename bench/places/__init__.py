"""Makes the lists of places that Pinakes ships from CLDR and GeoNames."""
