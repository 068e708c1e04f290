import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKED = ["requirements.txt", "requirements-dev.txt"]


@pytest.fixture
def stubs(tmp_path):
    """A folder of stand-ins for system commands, first on PATH: nobody's account, without sudo."""
    for name, body in {"id": "echo 1000", "sudo": "exit 1", "apt-get": "echo never called >&2; exit 9"}.items():
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
    return tmp_path


def bash(command, path):
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}"}
    return subprocess.run(["bash", "-c", f". tools/setup.sh; {command}"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_missing_package_without_sudo_stops_with_the_line_to_type(stubs):
    run = bash("need_packages libpango-1.0-0 libharfbuzz-subset0; echo went on", stubs)
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr == (
        "Còn thiếu gói của hệ điều hành. Hãy gõ dòng sau rồi chạy lại: "
        "sudo apt-get install -y --no-install-recommends libpango-1.0-0 libharfbuzz-subset0\n"
    )


def test_python_that_is_too_old_stops_with_what_is_needed(stubs):
    for name in ["python3", "python3.11", "python3.12", "python3.13"]:
        (stubs / name).write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\nexit 1\n')
        (stubs / name).chmod(0o755)
    run = bash("unset PYTHON; need_python; echo went on", stubs)
    assert run.returncode == 1
    assert run.stderr.startswith("Cần Python 3.11 trở lên (máy này: Python 3.9.2).")


def test_python_of_another_name_is_found(stubs):
    (stubs / "python3").write_text("#!/bin/sh\nexit 1\n")
    (stubs / "python3").chmod(0o755)
    (stubs / "python3.13").write_text("#!/bin/sh\nexit 0\n")
    (stubs / "python3.13").chmod(0o755)
    assert bash("unset PYTHON; need_python; echo $PYTHON", stubs).stdout == "python3.13\n"


def test_make_alone_lists_the_verbs():
    lines = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, timeout=60).stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["help", "setup", "demo", "test", "check", "fix", "worker", "bench", "shell", "docs", "lock"]


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_each_requirement_has_its_reason(name):
    lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith(("#", "-r "))]
    assert lines
    assert [line for line in lines if not re.fullmatch(r"\S+ +# \S.*", line)] == []


@pytest.mark.parametrize("name", LOCKED)
def test_locked_requirements_are_pinned_with_hashes_and_name_no_place(name):
    text = (ROOT / name).read_text()
    requirements = re.findall(r"^[^\s#].*?(?=^[^\s#]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(requirements) > 30
    assert [entry for entry in requirements if not re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==[0-9]", entry) or "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?:|--(?:extra-)?index-url|--find-links|file:|/(?:home|root|work|tmp)/", text) == []


def test_development_has_the_same_versions_as_production():
    pins = [dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKED]
    assert {package: pins[1].get(package) for package in pins[0]} == pins[0]
