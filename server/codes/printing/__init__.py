"""From codes to paper: what a plaque says, the press that draws it, and runs of thousands."""
