"""What people at a desk work with beside its list: whom to ring up, filters they keep."""
