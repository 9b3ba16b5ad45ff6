"""``python -m matchmaker.worker``: the process that ``serve`` starts and watches."""

import logging
import sys

from matchmaker.settings import read_settings
from matchmaker.worker.run import run_worker

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
run_worker(read_settings(), until_idle="--until-idle" in sys.argv[1:])
