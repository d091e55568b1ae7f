"""Layout of an interface: containers, controls, icons, links."""
