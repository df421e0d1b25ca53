"""The version of Macroscope, the one place it is written."""

VERSION = "0.1.0"
