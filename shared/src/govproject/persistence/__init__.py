"""A service's own database: connection, transactions, column types, migrations."""
