"""Floor 2: what a kiosk can do, without a screen."""
