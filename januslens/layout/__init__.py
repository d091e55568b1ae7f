"""What an interface is laid out with: containers, controls, icons, links."""
