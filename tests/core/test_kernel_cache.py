"""The kernel cache follows the kernel sources, and never stops the program from starting."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core import kernel_cache
from core.kernel_cache import KEPT_SECONDS, configure_kernel_cache, delete_unused, kernel_digest


@pytest.fixture
def fresh_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    monkeypatch.setattr(
        kernel_cache.platformdirs, "user_cache_dir", lambda *a, **k: str(tmp_path / "cache")
    )
    return tmp_path


def _tree(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.with_suffix(".py").parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".py").write_text(text, encoding="utf-8")
    return root


def test_the_digest_changes_with_any_kernel_file(tmp_path):
    before = kernel_digest(_tree(tmp_path, networks__kernels="a = 1", automata__kernels_life="b"))
    after = kernel_digest(_tree(tmp_path, automata__kernels_life="c"))
    assert before != after


def test_the_digest_ignores_files_without_kernels(tmp_path):
    before = kernel_digest(_tree(tmp_path, networks__kernels="a = 1", networks__model="x"))
    after = kernel_digest(_tree(tmp_path, networks__model="y"))
    assert before == after


def test_moving_text_between_two_kernel_files_changes_the_digest(tmp_path):
    before = kernel_digest(_tree(tmp_path, a__kernels="x", b__kernels=""))
    after = kernel_digest(_tree(tmp_path, a__kernels="", b__kernels="x"))
    assert before != after


def test_the_folder_is_made_in_the_users_cache_and_told_to_numba(fresh_environment):
    folder = configure_kernel_cache()
    assert folder.is_dir()
    assert folder.parent == fresh_environment / "cache" / "kernels"
    assert os.environ["NUMBA_CACHE_DIR"] == str(folder)


def test_a_folder_chosen_by_the_user_is_left_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "mine"))
    assert configure_kernel_cache() == tmp_path / "mine"
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "mine")


def test_a_file_in_the_way_of_the_folder_leads_to_a_temporary_one(fresh_environment):
    (fresh_environment / "cache").write_text("in the way", encoding="utf-8")
    folder = configure_kernel_cache()
    assert folder.is_dir()
    assert fresh_environment not in folder.parents


def test_a_machine_without_a_home_leads_to_a_temporary_folder(fresh_environment, monkeypatch):
    monkeypatch.setattr(kernel_cache.platformdirs, "user_cache_dir", lambda *a, **k: "~/.cache/m")
    folder = configure_kernel_cache()
    assert folder.is_dir()
    assert folder.is_absolute()


def test_folders_unused_for_a_month_are_deleted_and_younger_ones_kept(tmp_path):
    now = time.time()
    for name, age in (("old", KEPT_SECONDS + 60), ("young", KEPT_SECONDS - 60), ("mine", 10**9)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (now - age, now - age))
    (tmp_path / "a file").write_text("kept", encoding="utf-8")
    assert delete_unused(tmp_path, tmp_path / "mine", now) == [tmp_path / "old"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a file", "mine", "young"]


def test_using_a_folder_keeps_it_from_being_deleted(fresh_environment):
    folder = configure_kernel_cache()
    os.utime(folder, (0, 0))
    os.environ["NUMBA_CACHE_DIR"] = ""
    configure_kernel_cache()
    assert time.time() - folder.stat().st_mtime < 60


def test_choosing_the_folder_does_not_import_numba():
    code = "import sys; from core.kernel_cache import configure_kernel_cache as c; c();"
    result = subprocess.run(
        [sys.executable, "-c", code + "print('numba' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(kernel_cache.CORE).parent,
    )
    assert result.stdout.strip() == "False"
