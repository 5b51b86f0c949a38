"""商户巡查: what is looked for at a shop's door, finding it, and the points it costs."""
