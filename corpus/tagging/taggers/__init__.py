"""The taggers that come with Pinakes, one a file."""
