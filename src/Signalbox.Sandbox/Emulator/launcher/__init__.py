"""Starts moto as the sandbox's emulated AWS account: mended, on loopback only, and as a daemon that can be checked."""
