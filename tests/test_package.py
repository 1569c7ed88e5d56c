"""What operators get: the wheel, the image, the service."""

import re
import zipfile
from pathlib import Path

import pytest
import yaml
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
SETTINGS = {name.upper() for name in Settings.model_fields}


def ours():
    """Every file of the packages."""
    files = (file for package in ("bot", "digests") for file in (ROOT / package).rglob("*") if file.is_file())
    return {file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    (made,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return zipfile.ZipFile(made)


def test_the_wheel_has_every_file_of_the_packages_and_no_other(wheel):
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == ours()
    assert any(name.endswith(".ftl") for name in inside)


def test_the_wheel_names_its_command_and_needs_no_test_tools(wheel):
    (entries,) = (wheel.read(name).decode() for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "newsdigest = bot.__main__:main" in entries
    (about,) = (wheel.read(name).decode() for name in wheel.namelist() if name.endswith("/METADATA"))
    assert "pytest" not in about


def test_the_sdist_is_made_of_files_that_are_there(tmp_path):
    builder = SdistBuilder(str(ROOT))
    inside = {one.distribution_path for one in builder.recurse_included_files()}
    assert ours() <= inside
    assert {
        "Dockerfile",
        "compose.yaml",
        "deploy/newsdigest.service",
        "docs/operations.md",
        "constraints.txt",
    } <= inside


def composed(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["compose.yaml", "compose.postgres.yaml"])
def test_compose_sets_what_there_is(name):
    assert set(composed(name)["services"]["bot"]["environment"]) <= SETTINGS


def test_the_container_may_write_where_it_has_to_and_nowhere_else():
    bot = composed("compose.yaml")["services"]["bot"]
    assert bot["read_only"]
    writable = {volume.split(":")[1] for volume in bot["volumes"] if not volume.endswith(":ro")}
    writable |= {mount.split(":")[0] for mount in bot["tmpfs"]}
    assert writable == {"/data", "/tmp"}
    assert bot["environment"]["DATA_DIR"] == "/data"


@pytest.mark.parametrize("service", ["bot", "worker"])
def test_no_container_leaves_a_volume_without_a_name_behind(service):
    services = [composed(name)["services"].get(service, {}) for name in ("compose.yaml", "compose.postgres.yaml")]
    places = {volume.split(":")[1] for one in services for volume in one.get("volumes", ())}
    places |= {mount.split(":")[0] for one in services for mount in one.get("tmpfs", ())}
    (volumes,) = [words for order, words in dockerfile() if order == "VOLUME"]
    assert set(volumes.split()) <= places
    (data_dir,) = {one["environment"]["DATA_DIR"] for one in services if "DATA_DIR" in one.get("environment", {})}
    assert data_dir in places


def dockerfile():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.split(None, 1) for line in text.splitlines() if line and not line.startswith("#")]


def test_the_image_copies_what_the_context_has():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = [words.split()[:-1] for order, words in dockerfile() if order == "COPY" and "--from" not in words]
    assert {name for names in copied for name in names} == let_in
    assert all((ROOT / name).exists() for name in let_in)


def test_the_image_runs_as_nobody_in_particular_on_a_pinned_base():
    orders = dockerfile()
    assert [words for order, words in orders if order == "USER"] == ["10001"]
    (base,) = [words for order, words in orders if order == "ARG"]
    assert re.fullmatch(r"PYTHON=3\.\d+\.\d+-slim-\w+", base)
    (environment,) = [words for order, words in orders if order == "ENV"]
    named = {pair.split("=")[0] for pair in environment.split()}
    assert named - SETTINGS == {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "MPLCONFIGDIR"}


def test_the_service_of_systemd_is_that_of_the_command():
    unit = (ROOT / "deploy/newsdigest.service").read_text(encoding="utf-8")
    assert "ExecStart=/usr/local/bin/newsdigest run\n" in unit
    (environment,) = re.findall(r"^Environment=(.*)$", unit, re.MULTILINE)
    # No setting: what EnvironmentFile says goes before, and .env.example has them all.
    assert {pair.split("=")[0] for pair in environment.split()} == {"MPLCONFIGDIR"}
    assert "WorkingDirectory=%S/newsdigest\n" in unit
