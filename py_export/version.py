"""The program's version, apart from everything else so that asking for it costs nothing."""

__version__ = "0.1.0"

GENERATOR = f"py-export {__version__}"
"""What a canonical payload says of its writer; the importer knows its own documents by it."""
