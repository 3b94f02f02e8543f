"""The pinned AWS emulator with the additions that this library's stacks need."""
