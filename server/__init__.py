"""码上: the software between a resident and the people responsible for where she stands."""
