"""The whole register as files, once a day, with what proves that they are whole."""
