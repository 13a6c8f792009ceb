"""Floor 1: how packs get here. So far: from a local folder."""
