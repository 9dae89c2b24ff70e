"""Services built by `planthread build`, and the outside judges that look at them (`make test-generated`)."""
