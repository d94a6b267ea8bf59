"""What people offer their peers: languages, service areas, a few words; the directory; writing to one another."""
