"""The verbs of the command line, one module each with ``run(argv, speaker) -> exit code``, and what they share."""
