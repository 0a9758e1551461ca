"""Where things lie in the checkout that this launcher runs from (installed editable)."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
TOOLS = ROOT / ".tools"
