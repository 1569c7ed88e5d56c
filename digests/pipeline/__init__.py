"""Use cases of the clock: gather, read, plan, deliver. They call the stages in order and decide nothing themselves."""
