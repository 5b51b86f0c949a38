"""What people in the demo write: invented, everyday, at least five ways to say each thing."""
