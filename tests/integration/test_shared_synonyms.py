"""What thousands of villagers' words stand for is held once."""

from content_packs.model import Synonym
from tests.fakes.content import a_pack, a_reader, an_item

SAID = ("种地补钱", "种粮补贴", "粮食直补")
OFFICIAL = "耕地地力保护补贴"


def test_synonyms_hold_the_same_official_words_in_common(tmp_path):
    written = tuple(Synonym(colloquial=said, official=(OFFICIAL,), relation="dialect") for said in SAID)
    with a_reader(tmp_path, [an_item("one")], a_pack(synonyms=written)) as reader:
        synonyms = reader.info.synonyms
        assert synonyms == written
        assert len({id(synonym.official) for synonym in synonyms}) == 1
