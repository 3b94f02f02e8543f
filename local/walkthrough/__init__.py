"""`npm run try`: both examples deployed to the emulator, with requests through their front doors."""
