"""Memory sticks: noticing, mounting read-only and letting go of them, over udisks2 on the system bus."""
