"""What a projection is made of is found by itself, however far away it is written."""

from pathlib import Path

import pytest

from deploy.wiring import services
from shared.sources import ROOT, files_behind


@pytest.mark.parametrize(
    "part",
    [
        "services/gateway/projection.py", "services/gateway/projections/rows.py", "services/gateway/inbox.py",
        "services/gateway/visibility.py", "shared/contracts/views.py", "shared/contracts/conversations.py", "shared/postgres.py",
    ],
)  # fmt: skip
def test_the_gateways_projections_are_made_of_these(part: str) -> None:
    assert ROOT / part in files_behind("services.gateway.projection")


def test_and_not_of_the_pages_it_shows() -> None:
    assert not [file for file in files_behind("services.gateway.projection") if "routes" in file.parts]


def test_every_projection_is_written_in_a_file_of_ours() -> None:
    assert all(files_behind(one.project.__module__) for service in services() for one in service.projects)


def test_imports_are_followed_in_turn_and_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    texts = {
        "near.py": "import json\nfrom far import deep\n", "far/__init__.py": "", "far/deep.py": "import far.deeper as d\n",
        "far/deeper.py": "def later():\n    from near import thing\n", "far/other.py": "",
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    assert files_behind("near", tmp_path) == {tmp_path / name for name in texts if name != "far/other.py"}
