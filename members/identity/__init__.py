"""Identity outlives the job: profile, two accounts becoming one, closing, one's own data."""
