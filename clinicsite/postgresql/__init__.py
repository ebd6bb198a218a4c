"""PostgreSQL as Django has it, with a cheaper look at whether a kept connection is still there."""
