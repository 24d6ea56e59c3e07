"""The function: sessions kept in a store, handed out as payloads to their owners, with the page beside them."""
