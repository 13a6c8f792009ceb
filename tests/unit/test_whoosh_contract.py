"""What we rely on in whoosh3 without it being promised: each private name, and what it means.

`tests/unit/test_search_postings.py` shows that what is written through them is read back, by us and by stock Whoosh.
"""

import pickle
from array import array

import numpy as np
import pytest
from whoosh import formats
from whoosh.codec import whoosh3
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.util.numeric import byte_to_length, length_to_byte

from kiosk.search.postings import BLOCK_MAGIC, INDEX_NAME, PostingsWriter, TermRun, _field_type, remove_scratch

NAMES = ["first_pair", "second_pair"]
COUNT = 300


@pytest.fixture
def folder(tmp_path):
    ids = np.arange(0, 2 * COUNT, 2, dtype=np.int32)
    run = TermRun(["乙", "甲"], np.array([0, COUNT - 2]), np.append(ids[:-2], ids[-2:]), np.full(COUNT, 2, np.float32))
    with PostingsWriter(tmp_path, NAMES, 2 * COUNT) as writer:
        writer.lengths({name: np.full(2 * COUNT, 2) for name in NAMES})
        for name in NAMES:
            writer.field(name, [run], np.full(2 * COUNT, 2.0))
    return tmp_path


@pytest.fixture
def opened(folder):
    storage = FileStorage(str(folder), readonly=True)
    reader = FileIndex(storage, indexname=INDEX_NAME).reader()
    yield reader
    reader.close()
    storage.close()


def test_a_field_writer_counts_fields_and_shows_its_files(tmp_path):
    storage = FileStorage(str(tmp_path))
    codec = whoosh3.W3Codec()
    segment = codec.new_segment(storage, INDEX_NAME)
    codec.per_document_writer(storage, segment).close()
    writer = codec.field_writer(storage, segment)
    numbers = []
    for name in NAMES:
        writer.start_field(name, _field_type())
        numbers.append(writer._fieldid)
        writer.finish_field()
    assert numbers == [0, 1]
    assert writer._postfile.tell() == 0
    writer._tindex.add((0).to_bytes(2, "big") + "甲".encode(), b"some")
    with pytest.raises(ValueError, match="increase"):
        writer._tindex.add((0).to_bytes(2, "big") + "丁".encode(), b"smaller")
    writer.close()


def test_a_term_is_found_under_its_field_number_and_its_bytes(opened):
    table = opened._terms._tindex
    assert (1).to_bytes(2, "big") + "甲".encode() in table


def test_facts_about_a_term_survive_as_bytes():
    info = whoosh3.W3TermInfo(9.0, 4, 2, 7, 5.0, 1, 30)
    info.set_extent(1234, 56)
    back = whoosh3.W3TermInfo.from_bytes(info.to_bytes())
    assert (back.weight(), back.doc_frequency(), back.max_weight()) == (9.0, 4, 5.0)
    assert (back.min_length(), back.max_length(), back.min_id(), back.max_id()) == (2, 7, 1, 30)
    assert back.extent()[0] == 1234
    info.set_inlined([1, 30], [4.0, 5.0], (b"", b""))
    assert whoosh3.W3TermInfo.from_bytes(info.to_bytes()).inlined_postings() == ((1, 30), (4.0, 5.0), (b"", b""))


def test_a_matcher_goes_from_block_to_block(opened):
    matcher = opened.postings(NAMES[0], "乙")
    assert not matcher._atend
    matcher._read_data()
    steps, weights, values = matcher._data
    assert matcher._blocklength == len(steps) == COUNT - 2
    assert isinstance(steps, array), "read back without a copy of each number"
    assert list(weights) == [2] * (COUNT - 2)
    assert values is None
    matcher._next_block()
    assert matcher._atend


def test_a_block_begins_as_whoosh_begins_it(folder):
    assert BLOCK_MAGIC == whoosh3.WHOOSH3_HEADER_MAGIC
    (posts,) = folder.glob("*.pst")
    data = posts.read_bytes()
    assert data.startswith(BLOCK_MAGIC)
    length = int.from_bytes(data[4:8], "big", signed=True)
    assert length < 0, "the last block of its term"
    facts = pickle.loads(data[8 : 8 - length])
    assert facts[0] == COUNT - 2


def test_lengths_are_bytes_that_grow_with_what_they_stand_for():
    kept = [byte_to_length(length_to_byte(length)) for length in range(2_000)]
    assert kept[:11] == list(range(11))
    assert kept == sorted(kept)
    assert all(abs(stored - length) <= 0.15 * length for length, stored in enumerate(kept))


def test_a_table_of_contents_names_one_segment_and_how_many_documents_it_has(folder):
    toc = TOC.read(FileStorage(str(folder), readonly=True), INDEX_NAME)
    (segment,) = toc.segments
    assert segment.doc_count_all() == 2 * COUNT
    assert sorted(toc.schema.names()) == NAMES
    assert isinstance(toc.schema[NAMES[0]].format, formats.Existence)


def test_its_scratch_lies_in_one_folder(folder):
    assert [path.name for path in folder.iterdir() if path.is_dir()] in ([], [f"{INDEX_NAME}.tmp"])
    remove_scratch(folder)
    assert not [path for path in folder.iterdir() if path.is_dir()]
