"""What every feature stands on: errors, who is asking, time, ids, places on earth, sealing, the database."""
