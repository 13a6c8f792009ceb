"""A file of arrays is all there or it is none."""

from pathlib import Path

import numpy as np
import pytest

from kiosk.search.arrays import Arrays, ArraysDamageError, save_array, write_arrays


@pytest.fixture
def path(tmp_path):
    columns = {"numbers": np.arange(5, dtype=np.uint64) << np.uint64(40), "none": np.zeros(0, np.int32)}
    write_arrays(tmp_path / "some", columns, "笔记".encode())
    return tmp_path / "some"


def test_what_is_written_is_read_back(path):
    arrays = Arrays(path)
    assert arrays["numbers"].tolist() == [number << 40 for number in range(5)]
    assert arrays["numbers"].dtype == np.uint64
    assert arrays["none"].tolist() == []
    assert arrays.note.decode() == "笔记"
    arrays.rest()
    assert arrays["numbers"][4] == 4 << 40, "read again after its memory was given back"
    assert [left.name for left in path.parent.iterdir()] == ["some"]


def test_a_slice_of_something_larger_is_written_as_it_looks(tmp_path):
    write_arrays(tmp_path / "some", {"every-other": np.arange(6)[::2]})
    assert Arrays(tmp_path / "some")["every-other"].tolist() == [0, 2, 4]


@pytest.mark.parametrize("cut", [0, 1, 12, 40, -1])
def test_a_file_that_was_cut_off_is_refused(path, cut):
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ArraysDamageError):
        Arrays(path)


@pytest.mark.parametrize("data", [b"something else that is long enough", b"CUNKOU-1" + bytes(8) + b"{}"])
def test_something_else_is_refused(tmp_path, data):
    (tmp_path / "other").write_bytes(data)
    with pytest.raises(ArraysDamageError):
        Arrays(tmp_path / "other")


def test_nothing_at_all_is_refused(tmp_path):
    with pytest.raises(ArraysDamageError):
        Arrays(tmp_path / "none")


@pytest.mark.parametrize("array", [np.arange(12).reshape(3, 4)[:, ::2], np.zeros(0, np.uint8), np.ones(1, np.float32)])
def test_one_array_is_read_back_by_numpy(tmp_path, array):
    save_array(tmp_path / "one.npy", array)
    read = np.load(tmp_path / "one.npy")
    assert (read.dtype, read.shape) == (array.dtype, array.shape)
    assert (read == array).all()


def test_a_full_disk_is_seen(tmp_path):
    """`numpy.save` returns as if nothing had happened when so few bytes are refused."""
    with pytest.raises(OSError, match="No space"):
        save_array(Path("/dev/full"), np.arange(9))
