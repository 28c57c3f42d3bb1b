import os
import subprocess
import sys

import pytest

# Sets a page in a process of its own and says how many threads that process has.
THREADS = """
import os, sys
from pathlib import Path
import typst
from housingplus.documents import compiler
page = Path(sys.argv[1]) / "page.typ"
page.write_text("= Page")
if sys.argv[2] == "free":
    compiler.os.putenv = lambda name, value: None
compiler.new_compiler(page, root=page.parent).compile(format="pdf")
print(len(os.listdir("/proc/self/task")))
"""


def threads(folder, how):
    command = [sys.executable, "-c", THREADS, str(folder), how]
    ran = subprocess.run(
        command,
        env={**os.environ, "RAYON_NUM_THREADS": "4"},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ran.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_a_worker_leaves_the_other_cores_alone(tmp_path):
    assert threads(tmp_path, "free") == threads(tmp_path, "as it is") + 3
