"""How we talk to a platform, any platform."""
