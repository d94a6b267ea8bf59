"""Where a municipality is looked after, on the site and not in the editor: profile, people, domains, review."""
