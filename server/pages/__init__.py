"""The pages people see: one address each, made on the server, whole without a script."""
