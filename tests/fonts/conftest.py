"""What of this folder is no test: ``make.py`` needs packages that ``make fonts`` alone installs."""

collect_ignore = ["make.py"]
