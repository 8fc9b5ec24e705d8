"""The trade's rules: no clock, disk, network or screen."""
