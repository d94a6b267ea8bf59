"""What people follow, and what they are told: on the site, and by mail at once or in digests."""
