"""Which parts of which bundles are asked for."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from content_packs.model import BlobEntry
from sync.ranges import Range, bytes_on_the_way, in_order, ranges


def a_blob(bundle: int, offset: int, stored: int) -> BlobEntry:
    return BlobEntry(
        sha256=f"{bundle:02}{offset:08}".ljust(64, "0"), size=stored, stored=stored, bundle=bundle, offset=offset
    )


def test_neighbours_come_in_one_range():
    blobs = [a_blob(0, 100, 50), a_blob(0, 244, 10), a_blob(0, 1000, 5)]
    assert ranges(blobs) == (Range(0, 100, 1005),)
    assert ranges(blobs, gap=100) == (Range(0, 100, 254), Range(0, 1000, 1005))


def test_a_gap_as_long_as_the_limit_is_read_over_and_one_more_is_not():
    assert len(ranges([a_blob(0, 0, 10), a_blob(0, 26, 1)], gap=16)) == 1
    assert len(ranges([a_blob(0, 0, 10), a_blob(0, 27, 1)], gap=16)) == 2


def test_bundles_are_never_joined():
    assert ranges([a_blob(0, 0, 10), a_blob(1, 10, 10)]) == (Range(0, 0, 10), Range(1, 10, 20))


def test_blobs_without_bytes_need_no_request():
    assert ranges([a_blob(0, 50, 0)]) == ()
    assert ranges([]) == ()


def test_blobs_that_share_bytes_are_asked_for_once():
    assert ranges([a_blob(0, 0, 100), a_blob(0, 20, 10)]) == (Range(0, 0, 100),)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5000), st.integers(0, 500)), max_size=40), st.integers(0, 300)
)
def test_every_byte_of_every_blob_is_covered_and_no_range_overlaps_another(places, gap):
    blobs = in_order(a_blob(*place) for place in places)
    found = ranges(blobs, gap=gap)
    for blob in blobs:
        if blob.stored:
            assert (
                sum(
                    f.bundle == blob.bundle and f.start <= blob.offset and blob.offset + blob.stored <= f.end
                    for f in found
                )
                == 1
            )
    for first, second in itertools.pairwise(found):
        assert (first.bundle, first.end + gap) < (second.bundle, second.start) or first.bundle < second.bundle
    assert bytes_on_the_way(blobs) == sum(f.end - f.start for f in ranges(blobs))
