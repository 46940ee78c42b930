"""An archive whose operator chose no secret key makes one, once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from newsroom.secret_key import FILE_NAME, kept_secret_key


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    assert kept_secret_key(tmp_path) == kept_secret_key(tmp_path)
    assert len(kept_secret_key(tmp_path)) >= 50


def test_only_its_owner_may_read_the_key(tmp_path: Path) -> None:
    kept_secret_key(tmp_path)
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def test_the_folder_holds_nothing_but_the_key(tmp_path: Path) -> None:
    kept_secret_key(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_key_that_another_process_made_first_wins(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _number: kept_secret_key(tmp_path), range(32)))
    assert len(keys) == 1
