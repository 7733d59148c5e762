"""Runs one command and writes what it cost to a file: `launch.py FILE COMMAND [ARGUMENT ...]`.

A process of its own, and a small one: Linux counts the memory that the process which starts a
command holds at that moment as if the command had held it.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

began = time.perf_counter()
process = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(process.pid, 0)
wall = time.perf_counter() - began
process.returncode = os.waitstatus_to_exitcode(status)
figures = [wall, used.ru_utime + used.ru_stime, used.ru_maxrss]
Path(sys.argv[1]).write_text(json.dumps(figures), encoding="utf-8")
sys.exit(process.returncode and 1)
