"""The phone's API `/m/v1`: the same for the mini-program and the pages."""
