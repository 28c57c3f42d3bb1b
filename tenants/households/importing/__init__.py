"""The list of households and tenancies: its columns, its changes, and making them."""
