"""The test that the contributor's guide shows is one that runs."""

import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs/contributor.md"


async def test_the_test_of_the_contributors_guide_passes(stage):
    (shown,) = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    names = {}
    exec(compile(shown, GUIDE, "exec"), names)
    (example,) = (names[name] for name in names if name.startswith("test_"))
    await example(stage)
