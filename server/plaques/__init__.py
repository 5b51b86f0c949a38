"""Plaques on their walls: put up, reported when something is wrong with them, looked after."""
