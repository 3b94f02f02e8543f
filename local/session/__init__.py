"""One run against the emulator: its process, the CDK command line, and the stacks it made."""
