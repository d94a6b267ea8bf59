"""Getting items in and out: one neutral form (`records`), three file formats, one importer, one exporter."""
