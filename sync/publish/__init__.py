"""The publisher's side: a repository of signed packs, its keys, and the sticks made from it."""
