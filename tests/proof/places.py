"""Where the proof reads and writes: the address of the server, the folder of results, the bounds."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RESULTS = Path(os.environ.get("PROOF_RESULTS", ROOT / "var" / "proof"))
PAGES = RESULTS / "pages"
CRAWL = RESULTS / "crawl.jsonl"
OUTSIDE = Path(os.environ.get("OUTSIDE_DIR", ROOT.parent / "shared")) / "data"  # rules of others, not of this project
TOOLS = HERE / "node_modules"
API_TOOLS = ROOT / "var" / "proof-env" / "bin"

BASE = os.environ.get("PROOF_URL", "http://localhost:8000")  # set by tests/proof/run
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LOCAL = {"localhost", "127.0.0.1"}
