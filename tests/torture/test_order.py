"""Reading the order of system calls from a trace."""

from tests.torture.order import unordered

WRITTEN = '7 write(5</h/a/.new>, "x", 1) = 1'
SYNCED = "7 fsync(6</h/a/.new>) = 0"
RENAMED = '7 rename("/h/a/.new", "/h/a/it") = 0'
NAMED = "7 fsync(6</h/a>) = 0"


def test_bytes_then_name_then_folder_is_right():
    assert unordered([WRITTEN, SYNCED, RENAMED, NAMED], "/h") == (1, [])


def test_a_missing_fsync_of_the_bytes_or_of_the_folder_is_found():
    assert unordered([WRITTEN, RENAMED, NAMED], "/h")[1] == ["renamed before it was durable: /h/a/.new"]
    assert unordered([WRITTEN, SYNCED, RENAMED], "/h")[1] == ["its name was never made durable: /h/a/it"]
    assert unordered([SYNCED, WRITTEN, RENAMED, NAMED], "/h")[1] == ["renamed before it was durable: /h/a/.new"]


def test_a_folder_takes_what_is_in_it_along():
    inside = '7 pwrite64(5</h/.building-x/0/a>, "x", 1, 0) = 1'
    swapped = '7 renameat2(AT_FDCWD</w>, "/h/.building-x", AT_FDCWD</w>, "/h/1", RENAME_EXCHANGE) = 0'
    assert unordered([inside, swapped, "7 fsync(5</h>) = 0"], "/h") == (
        1,
        ["renamed before it was durable: /h/.building-x/0/a"],
    )
    assert unordered([inside, "7 fdatasync(5</h/.building-x/0/a>) = 0", swapped, "7 fsync(5</h>) = 0"], "/h") == (1, [])


def test_what_lies_elsewhere_and_what_failed_does_not_count():
    lines = ['7 write(1</dev/null>, "x", 1) = 1', '7 rename("/h/a", "/h/b") = -1 ENOENT', '7 rename("/x", "/y") = 0']
    assert unordered(lines, "/h") == (0, [])
