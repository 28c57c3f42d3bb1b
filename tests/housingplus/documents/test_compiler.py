import os
import subprocess
import sys

import pytest

# Sets a page in a process of its own and says how many threads that process has.
THREADS = """
import os, sys
from pathlib import Path
from housingplus.documents.compiler import new_compiler
page = Path(sys.argv[1]) / "page.typ"
page.write_text("= Page")
new_compiler(page, root=page.parent).compile(format="pdf")
print(len(os.listdir("/proc/self/task")))
"""


def threads(folder, **environment):
    clean = {k: v for k, v in os.environ.items() if k != "RAYON_NUM_THREADS"}
    ran = subprocess.run(
        [sys.executable, "-c", THREADS, str(folder)],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(ran.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_a_worker_leaves_the_other_cores_alone(tmp_path):
    alone = threads(tmp_path)
    assert threads(tmp_path, RAYON_NUM_THREADS="4") == alone + 3
