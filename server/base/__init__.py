"""What every feature stands on: errors, who asks, time, ids, points, sealing, the database."""
