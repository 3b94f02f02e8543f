"""The deploy test: integ cases and examples on the emulator, described against their templates."""
