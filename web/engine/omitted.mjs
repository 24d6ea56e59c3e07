// What the archive leaves out: every byte is fetched before the first export, and every name is looked at when Python starts.
// Each entry is how a path begins. A test imports all that is left, and would find a module that one of these is missing to.

const DEVELOPERS = [
  "_ast_unparse", "_pyrepl/", "bdb", "cProfile", "cmd.", "code.", "compileall", "doctest", "ensurepip/", "modulefinder", "pdb",
  "pickletools", "profile", "pstats", "py_compile", "pyclbr", "pydoc", "pydoc_data/", "rlcompleter", "symtable", "tabnanny",
  "this", "timeit", "trace.", "tracemalloc", "unittest/", "venv/", "zipapp",
];

const TERMINALS_AND_WINDOWS = [
  "argparse", "curses/", "fileinput", "getopt", "getpass", "idlelib/", "json/tool", "markdown_it/cli/", "optparse", "pty", "shelve", "tkinter/", "turtle", "tty",
  "py_export/__main__", "py_export/cli", "py_export/commands/",
  // Which graphemes each terminal program draws how wide.
  "wcwidth/table_grapheme_overrides/_known",
];

const NETWORKS = [
  "ftplib", "http/cookie", "http/server", "imaplib", "logging/config", "logging/handlers", "mailbox", "netrc", "nntplib", "poplib", "smtpd", "smtplib", "socketserver",
  "telnetlib", "webbrowser", "wsgiref/", "xmlrpc/",
];

const OTHER_SYSTEMS = [
  "__phello__", "_aix_support", "_android_support", "_apple_support", "_ios_support", "_osx_support",
  "asyncio/windows_", "concurrent/futures/interpreter", "concurrent/futures/process",
  "concurrent/interpreters/", "ctypes/", "dbm/", "multiprocessing/", "nturl2path",
];

const OLD_FORMATS = [
  "antigravity", "configparser", "plistlib", "pyodide/console", "sched", "wave", "xml/",
  // One page of characters each, for systems from before Unicode.
  "encodings/_win_cp", "encodings/cp0", "encodings/cp10", "encodings/cp11", "encodings/cp2", "encodings/cp424", "encodings/cp5",
  "encodings/cp7", "encodings/cp8", "encodings/hp_", "encodings/iso8859_", "encodings/koi8", "encodings/kz", "encodings/mac_",
  "encodings/mbcs", "encodings/oem", "encodings/palmos", "encodings/ptcp", "encodings/rot_13", "encodings/tis", "encodings/uu",
];

export const OMITTED = [...DEVELOPERS, ...TERMINALS_AND_WINDOWS, ...NETWORKS, ...OTHER_SYSTEMS, ...OLD_FORMATS];
