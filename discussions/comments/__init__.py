"""Comments on case studies and playbooks. Who may read the page may read them; nobody else knows of them."""
