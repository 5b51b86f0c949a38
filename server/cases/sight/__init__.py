"""How a viewer stands to a case, and so how much of it they see."""
