"""Session to Session, or Session to figures; one file per job."""
