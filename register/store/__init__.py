"""Where the register is kept: Postgres, its versions and history, and the sources as delivered."""
