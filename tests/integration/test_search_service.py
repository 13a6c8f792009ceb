"""The searcher over packs on disk: without index, with one, with a damaged one, with several."""

import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from content_packs.errors import CancelledError, PackIntegrityError, SiteError
from content_packs.model import Kind, LifeStage, Paragraph, Span, Status, Synonym
from content_packs.progress import CancelToken
from content_packs.reader import PackReader
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.search import build, current
from kiosk.search.analysis import Analyser
from kiosk.search.articles import numeral
from kiosk.search.build import index_pack
from kiosk.search.current import is_current
from kiosk.search.fields import FIELDS, Cut, Part, is_numbered
from kiosk.search.index import PackIndex, PostingsCache
from kiosk.search.layer import WRITE_PHASE
from kiosk.search.layout import BUILDING, hold, index_folder, read_about, remove_others
from kiosk.search.open_layer import OpenLayer
from kiosk.search.postings import IndexDamageError
from kiosk.services import Kiosk
from kiosk.settings import Settings
from kiosk.tables.read import Tables
from kiosk.words import ItemFilter
from tests.fakes.content import a_pack, an_item, write_content

DAY = date(2026, 11, 22)

SYNONYMS = (Synonym(colloquial="老人钱", official=("高龄津贴",), relation="old_name"),)


def words(text):
    return (Paragraph(spans=(Span(text=text),)),)


ITEMS = (
    an_item(
        "pension",
        title="养老金待遇领取办法",
        plain_title="养老金怎么领",
        keywords=("新农保",),
        facts=("F1", "F2"),
        blocks=words("养老金按月发。"),
    ),
    an_item(
        "old", Kind.POLICY, title="旧的养老金办法", plain_title="", valid_to=date(2020, 1, 1), doc_no="国发〔2009〕32号"
    ),
    an_item(
        "new", Kind.POLICY, title="新的养老金办法", plain_title="", doc_no="国发〔2014〕8号", made_on=date(2014, 2, 21)
    ),
    an_item("age", title="高龄津贴申请", plain_title="高龄津贴", life_stages=(LifeStage.ELDER,), themes=("care",)),
    an_item(
        "dog", Kind.FAQ, title="被狗咬了", plain_title="", summary="先冲洗。", blocks=words("再打狂犬疫苗，打十二针。")
    ),
    an_item("far", title="养老金外省规定", plain_title="", regions=("35",)),
)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def install(home, info, items, *, indexed=True):
    store = PackStore(home.root)
    with store.staging() as folder:
        pack = store.activate(write_content(folder / "content.db", info, items), info, f"{info.version:064x}")
    return index_now(home, pack) if indexed else pack


def index_now(home, pack):
    index_pack(pack.content_db, index_folder(home.indexes, pack.pack_id, pack.version, pack.digest))
    return pack


@pytest.fixture
def kiosk(home):
    install(home, a_pack(synonyms=SYNONYMS), ITEMS)
    with Kiosk(home, Settings(), today=lambda: DAY) as made:
        yield made


@pytest.fixture
def bare(home):
    """A kiosk whose pack has no index."""
    pack = install(home, a_pack(synonyms=SYNONYMS), ITEMS, indexed=False)
    with Kiosk(home, Settings(), today=lambda: DAY) as made:
        yield made, pack


def found(kiosk, query, **options):
    return [hit.ref.id for hit in kiosk.searcher.search(query, **options).hits]


# --- what is found --------------------------------------------------------------------------------


def test_a_hit_says_everything_about_its_item(kiosk):
    hit = kiosk.searcher.search("养老金怎么领").hits[0]
    assert (hit.ref.pack, hit.ref.id, hit.title, hit.kind) == ("cn.test.pack", "pension", "养老金怎么领", Kind.GUIDE)
    assert (hit.theme, hit.keywords, hit.facts, hit.status) == ("pension", ("新农保",), ("F1", "F2"), Status.IN_FORCE)
    assert hit.score > 0
    assert hit.section == 0


def test_guides_stand_before_policies_and_what_has_ended_last(kiosk):
    assert found(kiosk, "养老金") == ["pension", "new", "old"]
    assert kiosk.searcher.search("养老金办法").hits[-1].status is Status.EXPIRED


def test_what_does_not_hold_here_is_not_found(kiosk):
    assert "far" not in found(kiosk, "养老金外省规定")


def test_a_document_number_finds_its_document_alone_or_in_a_sentence(kiosk):
    assert found(kiosk, "国发[2014]8号") == ["new"]
    assert found(kiosk, "国发〔2009〕32号") == ["old"]
    assert found(kiosk, "国发〔2014〕8号的养老金")[0] == "new"
    assert found(kiosk, "国发〔1999〕77号") == []


def test_a_synonym_leads_to_the_official_word_and_an_old_name_is_explained(kiosk):
    answer = kiosk.searcher.search("老人钱")
    assert answer.hits[0].ref.id == "age"
    assert answer.meant == "高龄津贴（原老人钱）"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("养老今", "pension"),
        ("養老金", "pension"),
        ("yanglaojin", "pension"),
        ("ylj", "pension"),
        ("yanglj", "pension"),
        ("狂犬疫苗", "dog"),
        ("高铃津帖", "age"),
        ("ｇｌｊｔ", "age"),
    ],
)
def test_ways_of_asking(kiosk, query, first):
    assert found(kiosk, query)[0] == first


@pytest.mark.parametrize("others", [0, 40])
def test_who_types_nothing_but_words_of_a_text_finds_it(home, others):
    told = an_item("soap", plain_title="被咬了", blocks=words("伤口用肥皂水慢慢冲。"))
    install(home, a_pack(), (told, *(an_item(f"other{number}") for number in range(others))))
    with Kiosk(home, Settings(), today=lambda: DAY) as made:
        for query in ("肥皂水", "慢慢冲", "用肥皂水"):
            assert found(made, query) == ["soap"]
        assert found(made, "哪里卖肥皂水和花露水") == []


def test_one_letter_over_and_over_is_no_word_unless_it_is_a_name(kiosk, home):
    assert found(kiosk, "yyy") == []
    install(home, a_pack("cn.test.more"), (an_item("three", title="一月一", plain_title=""),))
    with Kiosk(home, Settings(), today=lambda: DAY) as made:
        assert found(made, "yyy") == ["three"]


def test_the_snippet_comes_from_the_text_that_matches(kiosk):
    hit = kiosk.searcher.search("狂犬疫苗").hits[0]
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["狂犬疫苗"]


def test_what_sounds_alike_is_marked_where_the_characters_differ(kiosk):
    hit = kiosk.searcher.search("养劳今").hits[0]
    assert hit.ref.id == "pension"
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["养老金"]


@pytest.mark.parametrize("query", ["", "   ", "\x00\x01", "\u200b"])
def test_nothing_asked_is_nothing_answered(kiosk, query):
    answer = kiosk.searcher.search(query)
    assert (answer.query, answer.hits, answer.phone, answer.themes) == (query, (), "", ())


@pytest.mark.parametrize("query", ["猪", "长" * 5000, "😀", "，。", "a", "'", "\ud800", "第十四条", "12", "zzzz"])
def test_odd_questions_are_answered_calmly(kiosk, query):
    answer = kiosk.searcher.search(query)
    assert answer.hits == ()
    assert answer.phone == "12345"


def test_an_emergency_stands_before_its_hits(kiosk):
    answer = kiosk.searcher.search("被狗咬了流血不止")
    assert (answer.phone, answer.emergency) == ("120", True)
    assert answer.hits[0].ref.id == "dog"


@pytest.mark.parametrize(
    ("chosen", "ids"),
    [
        (ItemFilter(kind=Kind.GUIDE), {"pension"}),
        (ItemFilter(year=2014), {"new"}),
        (ItemFilter(status=Status.EXPIRED), {"old"}),
        (ItemFilter(theme="care"), set()),
    ],
)
def test_filters_narrow_what_is_found(kiosk, chosen, ids):
    assert set(found(kiosk, "养老金办法", item_filter=chosen)) == ids


def test_the_limit_holds(kiosk):
    assert len(found(kiosk, "养老金", limit=1)) == 1


# --- without index, and with one that came later --------------------------------------------------


def test_a_pack_without_index_is_found_by_its_names(bare):
    kiosk, _ = bare
    assert found(kiosk, "养老金怎么领")[0] == "pension"
    assert found(kiosk, "ylj")[0] == "pension"
    assert found(kiosk, "国发〔2014〕8号") == ["new"]
    assert found(kiosk, "狂犬疫苗") == []
    assert kiosk.searcher.search("冲洗").hits[0].snippet.text == "先冲洗。"


def test_a_new_index_is_used_from_the_next_question_on(bare, home):
    kiosk, pack = bare
    assert found(kiosk, "狂犬疫苗") == []
    index_now(home, pack)
    assert found(kiosk, "狂犬疫苗") == []
    kiosk.searcher.refresh()
    assert found(kiosk, "狂犬疫苗") == ["dog"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a bad toc open
def test_a_damaged_index_is_as_good_as_none(bare, home):
    kiosk, pack = bare
    index_now(home, pack)
    folder = index_folder(home.indexes, pack.pack_id, pack.version, pack.digest)
    for path in folder.glob("0/*.toc"):
        path.write_bytes(path.read_bytes()[:40])
    assert found(kiosk, "养老金怎么领")[0] == "pension"


@pytest.mark.parametrize(("name", "word"), [("about.json", b'"digest":"'), ("0/layer.json", b'"lengths":{"')])
@pytest.mark.parametrize("is_nested", [False, True])
def test_what_an_index_says_about_itself_may_be_damaged_in_any_way(bare, home, name, word, is_nested):
    kiosk, pack = bare
    index_now(home, pack)
    file = index_folder(home.indexes, pack.pack_id, pack.version, pack.digest) / name
    before, _, after = file.read_bytes().partition(word)
    assert after
    file.write_bytes(b'{"of":' + b"[" * 200_000 if is_nested else before + word + b"\xff" + after[1:])
    assert found(kiosk, "养老金怎么领")[0] == "pension"


def test_a_missing_side_file_is_as_good_as_none(bare, home):
    kiosk, pack = bare
    index_now(home, pack)
    folder = index_folder(home.indexes, pack.pack_id, pack.version, pack.digest)
    (folder / "0" / "firsts.npy").unlink()
    assert found(kiosk, "养老金怎么领")[0] == "pension"


def test_several_packs_are_one(kiosk, home):
    other = an_item("other", title="养老金补缴", plain_title="")
    install(home, a_pack("cn.other"), [other])
    install(home, a_pack("cn.rows"), [an_item("rows", title="养老金转移", plain_title="")], indexed=False)
    assert kiosk.reload_if_changed()
    assert {"pension", "other", "rows"} <= set(found(kiosk, "养老金"))
    assert found(kiosk, "养老金补缴")[0] == "other"
    assert found(kiosk, "养老金转移")[0] == "rows"


def test_a_pack_without_items_does_no_harm(kiosk, home):
    install(home, a_pack("cn.empty"), [])
    assert kiosk.reload_if_changed()
    assert found(kiosk, "养老金怎么领")[0] == "pension"


def test_asking_again_after_closing_opens_the_index_again(kiosk):
    searcher = kiosk.searcher
    searcher.warm_up()
    searcher.close()
    assert found(kiosk, "狂犬疫苗") == ["dog"]


# --- building -------------------------------------------------------------------------------------


@pytest.fixture
def content(tmp_path):
    return write_content(tmp_path / "content.db", a_pack(), ITEMS)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_an_index_says_what_it_is_and_when_it_is_outdated(content, tmp_path, monkeypatch):
    folder = tmp_path / "index" / "1"
    seen = []
    about = index_pack(content, folder, on_progress=seen.append).about
    assert (about.items, about.sections) == (6, 6)
    assert read_about(folder) == about
    assert is_current(folder, about.digest)
    assert not is_current(folder, "f" * 64)
    monkeypatch.setattr(current, "ANALYSER_VERSION", 999)
    assert not is_current(folder, about.digest)
    assert seen[0].phase == build.READ_PHASE
    assert (seen[-1].phase, seen[-1].done) == (WRITE_PHASE, seen[-1].total)
    assert names_in(folder.parent) == [".lock", "1"]


def test_an_index_is_replaced_as_a_whole(content, tmp_path):
    folder = tmp_path / "index" / "1"
    index_pack(content, folder)
    (folder / "stray").write_text("old")
    index_pack(content, folder)
    assert not (folder / "stray").exists()
    assert names_in(folder.parent) == [".lock", "1"]


def test_a_cancelled_build_leaves_the_old_index(content, tmp_path):
    folder = tmp_path / "index" / "1"
    index_pack(content, folder)
    before = (folder / "about.json").stat().st_ino
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        index_pack(content, folder, cancel=token)
    assert (folder / "about.json").stat().st_ino == before
    assert names_in(folder.parent) == [".lock", ".portions", "1"]


def test_a_pack_that_cannot_be_read_is_said_in_words(tmp_path):
    with pytest.raises(PackIntegrityError):
        index_pack(tmp_path / "none.db", tmp_path / "index" / "1")


def test_a_disk_that_refuses_is_said_in_words(content, tmp_path):
    (tmp_path / "index").write_text("a file where the folder should be")
    with pytest.raises(SiteError) as caught:
        index_pack(content, tmp_path / "index" / "1")
    assert caught.value.todo


def test_many_portions_merge_to_the_same_index(content, tmp_path, monkeypatch):
    """What is analysed item by item and merged a few terms at a time gives the same postings as all at once."""
    index_pack(content, tmp_path / "whole")
    monkeypatch.setattr("kiosk.search.inverted.MERGED_TERMS", 8)
    monkeypatch.setattr(build, "_PORTION_BYTES", 1)
    index_pack(content, tmp_path / "parts")
    whole, parts = (PackIndex(tmp_path / name, PostingsCache(1 << 20)) for name in ("whole", "parts"))
    asked = 0
    analyser = Analyser(Tables())
    terms = {Cut.PAIR: ("养老", "老金", "办法"), Cut.SOUND: ("yan_lao", "lao_jin"), Cut.CHAR: ("打",)}
    for field in filter(is_numbered, FIELDS):
        for term in terms[field[1]]:
            one, other = whole.postings(field, term), parts.postings(field, term)
            assert one.ids.tolist() == other.ids.tolist()
            assert one.weights.tolist() == other.weights.tolist()
            (here,), (there,) = (
                index.impacts(field, np.array([analyser.number(term, field[1])], np.uint64)) for index in (whole, parts)
            )
            assert here.ids.tolist() == there.ids.tolist() == one.ids.tolist()
            assert here.worths.tolist() == there.worths.tolist()
            asked += len(one.ids)
    assert asked > 20
    assert len(whole.postings((Part.CHAPTER, Cut.PAIR), "办法").ids) == 2
    whole.close()
    parts.close()


def test_old_indexes_are_removed_and_neighbours_stay(content, tmp_path):
    root = tmp_path / "index"
    keep = index_folder(root, "cn.test.pack", 2, "a" * 64)
    old = index_folder(root, "cn.test.pack", 1, "b" * 64)
    for folder in (keep, old):
        index_pack(content, folder)
    broken, strange = (root / "cn.test.pack" / name for name in (f"{BUILDING}1", "notes"))
    gone = index_folder(root, "cn.gone.pack", 1, "c" * 64)
    index_pack(content, gone)
    for folder in (broken, strange):
        folder.mkdir()
    with hold(keep.parent):
        assert remove_others(root, [keep]) == 1, "somebody builds beside it: left alone"
        assert old.is_dir()
    assert not gone.parent.exists()
    assert remove_others(root, [keep]) == 2
    assert names_in(keep.parent) == sorted([".lock", keep.name, strange.name])


# --- memory ---------------------------------------------------------------------------------------


def test_the_cache_is_bounded_and_forgets_what_was_not_used(content, tmp_path):
    index_pack(content, tmp_path / "index")
    cache = PostingsCache(2_000)
    index = PackIndex(tmp_path / "index", cache)
    pair = (Part.TEXT, Cut.PAIR)
    first = index.postings(pair, "养老")
    for term in ("老金", "办法", "待遇", "领取", "高龄", "津贴"):
        assert index.postings(pair, "养老") is first
        index.postings(pair, term)
        assert cache.held_bytes <= 2_000
    assert index.postings(pair, "养老") is first
    index.close()


def test_an_index_that_is_none_cannot_be_opened(tmp_path):
    with pytest.raises(IndexDamageError):
        PackIndex(tmp_path, PostingsCache(1))


def test_nothing_heavy_is_loaded_before_the_first_question(home):
    install(home, a_pack(), ITEMS)
    code = (
        "import sys; from datetime import date; from pathlib import Path; from kiosk.home import Home;"
        "from kiosk.services import Kiosk; from kiosk.settings import Settings;"
        f"kiosk = Kiosk(Home(Path({str(home.root)!r})), Settings(), today=lambda: date(2026, 11, 22));"
        "kiosk.searcher; heavy = ('numpy', 'whoosh', 'opencc', 'pypinyin', 'jieba', 'rjieba');"
        "print([name for name in heavy if name in sys.modules]);"
        "kiosk.searcher.search('养老金'); print([name for name in heavy if name in sys.modules]); kiosk.close()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['numpy', 'whoosh']"]


def test_rows_in_the_index_are_those_of_the_pack(content, tmp_path):
    index_pack(content, tmp_path / "index")
    index = PackIndex(tmp_path / "index", PostingsCache(1 << 20))
    with PackReader(content) as reader:
        assert tuple(index.row(number) for number in range(6)) == reader.rows()
    index.close()


def test_what_was_read_of_mapped_files_is_given_back_beyond_the_bound(home, monkeypatch):
    """And whoever has it in hand goes on with it: the system reads it again."""
    pack = install(home, a_pack(), ITEMS)
    rested = []
    rest = OpenLayer.rest
    monkeypatch.setattr(OpenLayer, "rest", lambda layer: rested.append(layer) or rest(layer))
    folder = index_folder(home.indexes, pack.pack_id, pack.version, pack.digest)
    bounded, free = (PackIndex(folder, PostingsCache(limit)) for limit in (0, 1 << 30))
    analyser = Analyser(Tables())
    numbers = np.array([analyser.number(term, Cut.PAIR) for term in ("养老", "老金")], np.uint64)
    wanted = [each.ids.tolist() for each in free.impacts((Part.TEXT, Cut.PAIR), numbers)]
    found = [bounded.impacts((Part.TEXT, Cut.PAIR), numbers) for _ in range(3)]
    assert rested == [*bounded.layers, *bounded.layers], "before each time but the first"
    assert [[each.ids.tolist() for each in time] for time in found] == [wanted] * 3
    assert sum(map(len, wanted)) > 2
    bounded.close()
    free.close()


# --- near and far --------------------------------------------------------------------------------------------------


LOCAL = (
    an_item("nation", title="高龄津贴申请", plain_title="高龄津贴怎么领", keywords=("尊老金", "长寿钱")),
    an_item(
        "province", title="浙江省高龄津贴申请", plain_title="高龄津贴怎么领", regions=("33",), keywords=("尊老金",)
    ),
    an_item("town", title="余村镇高龄津贴", plain_title="镇上的高龄津贴", regions=("330523105",), keywords=("长寿钱",)),
    an_item("other", title="低保申请", plain_title="低保怎么申请", regions=("330523",), keywords=("吃低保",)),
)


def test_the_nearest_region_wins(home):
    install(home, a_pack(), LOCAL)
    with Kiosk(home, Settings(region="330523105"), today=lambda: DAY) as kiosk:
        assert found(kiosk, "高龄津贴") == ["town", "province", "nation"]
        assert found(kiosk, "尊老金")[0] == "province"
        assert found(kiosk, "低保") == ["other"]
    with Kiosk(home, Settings(region="0"), today=lambda: DAY) as kiosk:
        assert found(kiosk, "高龄津贴") == ["nation"]


def test_a_county_pack_adds_words_of_its_own(home):
    install(home, a_pack(synonyms=SYNONYMS), ITEMS)
    county = (
        Synonym(colloquial="敬老票", official=("高龄津贴",), relation="old_name"),
        Synonym(colloquial="老人钱", official=("养老金",)),
    )
    install(home, a_pack("cn.test.county", synonyms=county), (an_item("x01", title="别的", plain_title=""),))
    with Kiosk(home, Settings(), today=lambda: DAY) as kiosk:
        answer = kiosk.searcher.search("敬老票")
        assert (answer.hits[0].ref.id, answer.meant) == ("age", "高龄津贴（原敬老票）")
        answer = kiosk.searcher.search("老人钱")
        assert {hit.ref.id for hit in answer.hits} >= {"age", "pension"}
        assert answer.meant == "高龄津贴（原老人钱）"


def test_telephone_numbers_find_who_names_them(home):
    items = (
        an_item("call", title="打电话找谁", plain_title="", blocks=words("法律援助打12348。")),
        an_item("power", title="停电了打什么电话", plain_title="", blocks=words("打95598。")),
        an_item("year", title="今年的事", plain_title="", blocks=words("2024年的事。")),
    )
    install(home, a_pack(), items)
    with Kiosk(home, Settings(), today=lambda: DAY) as kiosk:
        assert found(kiosk, "12348")[0] == "call"
        assert found(kiosk, "12348是什么电话")[0] == "call"
        assert found(kiosk, "2024年世界杯") == []


def test_an_article_of_a_law_is_found_by_its_number(home):
    paragraphs = tuple(
        Paragraph(spans=(Span(text=f"第{numeral(number)}条 " + "土地的事情要依照规定办理。" * 12),))
        for number in range(1, 30)
    )
    items = (
        an_item("law", Kind.POLICY, title="中华人民共和国土地管理法", plain_title="", blocks=paragraphs),
        an_item("a14", Kind.POLICY, title="森林法 第十四条", plain_title="", blocks=words("砍树的事。")),
        an_item("a15", Kind.POLICY, title="森林法 第十五条", plain_title="", blocks=words("砍树的事。")),
    )
    install(home, a_pack(), items)
    with Kiosk(home, Settings(), today=lambda: DAY) as kiosk:
        hit = kiosk.searcher.search("土地管理法第14条").hits[0]
        assert hit.ref.id == "law"
        assert hit.section > 0
        assert found(kiosk, "森林法第十五条")[0] == "a15"
        assert found(kiosk, "森林法14条")[0] == "a14"
