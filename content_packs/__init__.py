"""Floor 0: what a content pack is, and whether to believe it. The words of the domain."""
