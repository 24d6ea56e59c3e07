"""Decoders of agents' own records, shared by every reader that meets them: hubs', transcripts', databases'."""
