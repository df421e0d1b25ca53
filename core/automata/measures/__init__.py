"""What can be measured of a cellular world, one measure or a few that belong together a file."""
