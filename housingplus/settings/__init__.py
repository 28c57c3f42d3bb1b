"""Settings: `base` is shared; choose `dev`, `test` or `production`."""
