"""An index that is built while somebody pulls the plug, and one that grows from version to version.

A build runs in a process of its own that kills itself at a chosen step: whenever it opens, makes, renames or removes
something. Whatever the step, an index is there that can be asked, and the next build ends well and does not begin anew.
"""

import subprocess
import sys
import threading
from contextlib import ExitStack, nullcontext

import msgspec
import pytest

from content_packs.errors import CancelledError, SiteError
from content_packs.model import Kind, Paragraph, Span
from content_packs.progress import CancelToken
from content_packs.reader import PackReader
from kiosk.search import build, inheritance
from kiosk.search.analysis import Analyser, words_of
from kiosk.search.build import WAIT_PHASE, index_pack
from kiosk.search.current import is_current, sound
from kiosk.search.engine import Engine
from kiosk.search.fields import FIELDS, Cut, Part, is_numbered
from kiosk.search.increment import MOST_LAYERS
from kiosk.search.index import PostingsCache
from kiosk.search.layout import BUILDING, PORTIONS, hold, index_folder
from kiosk.search.opening import open_engine
from kiosk.search.query import SynonymTable, understand
from kiosk.search.unindexed import RowsOnly
from kiosk.tables.read import Tables
from tests.fakes.content import a_pack, an_item, write_content

TOPICS = "养老 低保 医保 宅基地 户口 残疾 计生 结婚 殡葬 林权 水库 种粮 农机 退役 失业 助学 危房 防疫 食品 道路".split()
NO_SYNONYMS = SynonymTable((), ())


@pytest.fixture(scope="module")
def tables():
    return Tables()


@pytest.fixture(scope="module")
def analyser(tables):
    return Analyser(tables)


def items_of(changes=None, *, leave_out=()):
    """Return twenty items, some with other text."""
    texts = dict.fromkeys(TOPICS, "带上身份证和户口簿到村委会办理。") | (changes or {})
    made = []
    for number, (topic, text) in enumerate(texts.items()):
        if topic in leave_out:
            continue
        body = Paragraph(spans=(Span(text=f"{topic}补贴：{text}"),))
        kind = Kind.POLICY if number % 3 == 0 else Kind.GUIDE
        made.append(an_item(f"i{number}", kind, title=f"{topic}补贴办法", plain_title="", blocks=(body,)))
    return made


class Village:
    """A pack in several versions, with the folder of its indexes."""

    def __init__(self, root):
        self.root = root
        self.digest = ""

    def install(self, version, items):
        content = self.root / f"{version}.db"
        write_content(content, a_pack(version=version), items)
        with PackReader(content) as reader:
            self.digest = reader.manifest_digest
        return content, index_folder(self.root / "index", "cn.test.pack", version, f"{version:064d}")


@pytest.fixture
def village(tmp_path):
    return Village(tmp_path)


def answers(folder, content, analyser, tables, questions=TOPICS):
    """Return what each question finds, asking one index."""
    index = sound(folder, analyser, PostingsCache(1 << 20))
    with PackReader(content) as reader:
        engine = Engine([index], analyser, tables)
        try:
            assert index.living == reader.item_count
            found = {}
            for question in questions:
                hits = engine.find(understand(analyser.fold(question), NO_SYNONYMS)).found
                found[question] = [engine.row(hit).id for hit in hits]
            return found
        finally:
            engine.close()


# --- killed ---------------------------------------------------------------------------------------

STEPS = ("open", "os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "shutil.rmtree", "ctypes.dlsym")

KILLED = """
import os, signal, sys
from pathlib import Path
from kiosk.search import build, inverted
build._PORTION_BYTES, inverted.MERGED_TERMS = 1500, 500
content, folder, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
steps = 0
def watch(event, arguments):
    global steps
    if event in {events!r} and (event != "open" or str(folder.parent) in str(arguments[0])):
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
build.Analyser(build.Tables()).sounds_of(build.np.zeros(1, "uint32"))
sys.addaudithook(watch)
built = build.index_pack(content, folder)
print(steps, built.analysed, built.resumed)
"""


def run_until(content, folder, last=0):
    """Build in a process that kills itself at one step; return what it printed, None if it was killed."""
    command = [sys.executable, "-c", KILLED.format(events=STEPS), str(content), str(folder), str(last)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    if ended.returncode == -9:
        return None
    assert ended.returncode == 0, ended.stderr
    return tuple(map(int, ended.stdout.split()))


@pytest.fixture
def small_portions(monkeypatch):
    """Portions of a few items and merges of a few terms, as in the process that is killed."""
    monkeypatch.setattr(build, "_PORTION_BYTES", 1500)
    monkeypatch.setattr("kiosk.search.inverted.MERGED_TERMS", 500)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory, analyser, tables):
    """What an index of all items answers, and how many steps it takes to build one."""
    village = Village(tmp_path_factory.mktemp("wanted"))
    content, folder = village.install(1, items_of())
    steps, analysed, resumed = run_until(content, folder)
    assert (analysed, resumed) == (20, 0)
    assert steps > 100
    return answers(folder, content, analyser, tables), steps


@pytest.mark.parametrize(
    ("step", "resumed"),
    [(2, {0}), (25, set(range(1, 20))), (0.4, {20}), (0.9, {20}), (0.98, {0, 20}), (0.995, set(range(21)))],
)
@pytest.mark.usefixtures("small_portions")
def test_a_first_build_may_be_killed_and_goes_on_where_it_stood(village, analyser, tables, wanted, step, resumed):
    content, folder = village.install(1, items_of())
    told, steps = wanted
    assert run_until(content, folder, step if step >= 1 else int(steps * step)) is None
    if folder.exists():
        assert answers(folder, content, analyser, tables) == told
    built = index_pack(content, folder)
    assert built.analysed + built.resumed == 20
    assert built.resumed in resumed
    assert answers(folder, content, analyser, tables) == told
    assert [path.name for path in folder.parent.glob(".*")] == [".lock"], "nothing is left of what was killed"


@pytest.mark.parametrize("before_the_end", [0, 1, 3, 40])
def test_while_an_index_is_mended_it_is_there_at_every_step(village, analyser, tables, wanted, before_the_end):
    content, folder = village.install(1, items_of())
    told, _ = wanted
    index_pack(content, folder)
    steps, _, _ = run_until(content, folder)
    run_until(content, folder, steps - before_the_end)
    assert answers(folder, content, analyser, tables) == told
    index_pack(content, folder)
    assert [path.name for path in folder.parent.glob(".*")] == [".lock"]


@pytest.mark.parametrize("share", [0.2, 0.7, 0.96, 0.99])
def test_a_new_version_may_be_killed_too_and_the_index_before_it_stays(village, analyser, tables, share):
    content, folder = village.install(1, items_of())
    index_pack(content, folder)
    before = answers(folder, content, analyser, tables)
    newer, target = village.install(2, items_of({"低保": "每月十号到账。"}))
    steps, analysed, _ = run_until(newer, target)
    assert analysed == 1
    target.rename(village.root / "aside")
    assert run_until(newer, target, int(steps * share)) is None
    assert answers(folder, content, analyser, tables) == before
    if not target.exists():
        assert index_pack(newer, target).kept == 19
    assert answers(target, newer, analyser, tables, ["到账"]) == {"到账": ["i1"]}


# --- grown ----------------------------------------------------------------------------------------


def counted(folder, analyser):
    """Return for every field and term the items that hold it, and how often: what an index knows."""
    index = sound(folder, analyser, PostingsCache(0))
    known = {}
    try:
        for field in FIELDS:
            part, cut = field
            if part is Part.CHAPTER:
                continue
            for term in _terms(index, analyser, cut):
                found = index.postings(field, term)
                pairs = list(zip(index.item_of[found.ids].tolist(), found.weights.tolist(), strict=True))
                if not pairs:
                    continue
                known[field, term] = sorted((index.row(item).id, weight) for item, weight in pairs)
                if is_numbered(field):
                    (worths,) = index.impacts(field, build.np.array([analyser.number(term, cut)], build.np.uint64))
                    assert worths.ids.tolist() == found.ids.tolist()
                    assert len(worths.worths) == len(worths.ids)
        names = index.names(Tables())
        lines = names.text.splitlines()
        known["names"] = sorted((index.row(names.line(n).item).id, line) for n, line in enumerate(lines))
        known["cited"] = index.cited
        known["laws"] = sorted(
            (index.row(item).id, index.law_names[law])
            for item, law in enumerate(index.laws.tolist())
            if law >= 0 and item not in index.dead
        )
        return known
    finally:
        index.close()


def _terms(index, analyser, cut):
    texts = {index.row(item).title for item in range(index.about.items)}
    texts |= {index.text(section) for section in range(index.about.sections)}
    if cut is Cut.NUMBER:
        return ()
    if cut is Cut.WORD:
        return sorted({word for text in texts for word in words_of(analyser.fold(text))})
    return sorted({term for text in texts for term in analyser.terms(text, cut)})


def law(number, text):
    body = Paragraph(spans=(Span(text=text),))
    return an_item(
        f"law{number}", Kind.POLICY, title=f"某某法 第{'一二三四五六'[number]}条", plain_title="", blocks=(body,)
    )


VERSIONS = [
    items_of(),
    items_of({"低保": "每月十号到账。见《某某法》，HPV。"}),
    [*items_of({"低保": "每月十号到账。见《某某法》，HPV。"}, leave_out=("水库", "道路")), law(0, "村民可以申请。")],
    [
        *items_of({"低保": "改到每月五号。", "新农合": "已经合并。"}, leave_out=("道路",)),
        law(0, "村民可以申请。"),
        law(1, "应当公示。"),
    ],
    [*items_of({"殡葬": "免费火化。"}), law(1, "应当公示三天，见《另一法》。")],
    [*items_of({"殡葬": "免费火化。"}), law(1, "应当公示七天。"), law(2, "本法自公布之日起施行。")],
]


def test_a_grown_index_knows_exactly_what_a_new_one_knows(village, analyser, tables):
    layers, analysed = [], []
    for version, items in enumerate(VERSIONS, 1):
        content, folder = village.install(version, items)
        built = index_pack(content, folder)
        assert built.kept + built.analysed == len(items)
        layers.append(built.about.layers)
        analysed.append(built.analysed)
        fresh = village.root / f"fresh{version}" / "1"
        index_pack(content, fresh)
        assert counted(folder, analyser) == counted(fresh, analyser)
        questions = [*TOPICS, "HPV", "到账", "公示", "某某法第二条"]
        grown, new = (answers(each, content, analyser, tables, questions) for each in (folder, fresh))
        for question in questions:
            assert set(grown[question]) == set(new[question]), question
            assert grown[question][:1] == new[question][:1], question
    assert layers[:4] == [1, 2, 3, 4]
    assert max(layers) == MOST_LAYERS
    assert layers[4] == 2, "layers do not pile up"
    assert analysed[:4] == [20, 1, 1, 4]


def test_what_is_gone_is_not_found_among_many_or_few(village, analyser):
    """One of a hundred is looked for among the postings, many are left out of all of them."""
    many = [an_item(f"m{number:03}", title=f"办法{number}", plain_title="") for number in range(100)]
    content, folder = village.install(1, many)
    index_pack(content, folder)
    numbers = build.np.array([analyser.number(term, Cut.PAIR) for term in ("办法", "的正", "没有")], build.np.uint64)
    for version, gone in ((2, {50}), (3, {50, *range(0, 20, 2)})):
        left = [item for number, item in enumerate(many) if number not in gone]
        newer, target = village.install(version, left)
        assert index_pack(newer, target).analysed == 0
        index = sound(target, analyser, PostingsCache(0))
        for found in index.impacts((Part.TEXT, Cut.PAIR), numbers)[:2]:
            names = {index.row(item).id for item in index.item_of[found.ids].tolist()}
            assert names == {item.id for item in left}
        assert len(index.impacts((Part.TEXT, Cut.PAIR), numbers)[2].ids) == 0
        index.close()


def test_only_what_has_changed_is_analysed_and_nothing_is_copied(village, monkeypatch):
    content, folder = village.install(1, items_of())
    index_pack(content, folder)
    added = []
    add = build.Draft.add
    monkeypatch.setattr(build.Draft, "add", lambda draft, row, item: added.append(item.id) or add(draft, row, item))
    newer, target = village.install(2, items_of({"低保": "每月十号到账。"}))
    index_pack(newer, target)
    assert added == ["i1"]
    for path in (folder / "0").iterdir():
        assert path.stat().st_ino == (target / "0" / path.name).stat().st_ino


def test_a_volume_without_hard_links_gets_copies(village, analyser, tables, monkeypatch):
    def refuse(*names):
        raise PermissionError

    content, folder = village.install(1, items_of())
    index_pack(content, folder)
    monkeypatch.setattr(inheritance.os, "link", refuse)
    newer, target = village.install(2, items_of({"低保": "每月十号到账。"}))
    assert index_pack(newer, target).kept == 19
    assert answers(target, newer, analyser, tables, ["到账"]) == {"到账": ["i1"]}


@pytest.mark.parametrize("damage", ["cut", "zeros", "version"])
def test_nothing_is_taken_over_from_an_index_that_is_not_sound(village, damage):
    content, folder = village.install(1, items_of())
    about = index_pack(content, folder).about
    ids = folder / "0" / "text_pair.ids"
    if damage == "version":
        older = msgspec.structs.replace(about, analyser=about.analyser - 1)
        (folder / "about.json").write_bytes(msgspec.json.encode(older))
    else:
        ids.write_bytes(ids.read_bytes()[:-4] if damage == "cut" else bytes(ids.stat().st_size))
    newer, target = village.install(2, items_of({"低保": "每月十号到账。"}))
    assert index_pack(newer, target).kept == 0


# --- meanwhile ------------------------------------------------------------------------------------


def test_until_a_new_version_is_indexed_the_index_before_it_answers(village, tables):
    content, folder = village.install(1, items_of())
    index_pack(content, folder)
    newer, target = village.install(2, items_of({"低保": "每月十号到账。"}))
    with PackReader(newer) as reader:
        target = index_folder(village.root / "index", "cn.test.pack", 2, reader.manifest_digest)
        engine = open_engine([reader], village.root / "index", tables, 1 << 20)
        (found, *_) = engine.find(understand("殡葬", NO_SYNONYMS)).found
        assert engine.row(found).id == "i8"
        assert not engine.find(understand("到账", NO_SYNONYMS)).found
        engine.close()
        index_pack(newer, target)
        engine = open_engine([reader], village.root / "index", tables, 1 << 20)
        (found, *_) = engine.find(understand("到账", NO_SYNONYMS)).found
        assert engine.row(found).id == "i1"
        engine.close()


def test_an_index_that_is_damaged_is_disowned_so_that_it_is_built_again(village, tables):
    content, _ = village.install(1, items_of())
    with PackReader(content) as reader:
        folder = index_folder(village.root / "index", "cn.test.pack", 1, reader.manifest_digest)
        index_pack(content, folder)
        assert is_current(folder, reader.manifest_digest)
        ids = folder / "0" / "text_pair.ids"
        ids.write_bytes(bytes(ids.stat().st_size))
        engine = open_engine([reader], village.root / "index", tables, 1 << 20)
        assert isinstance(engine._collection.packs[0], RowsOnly)
        assert not is_current(folder, reader.manifest_digest)


def test_two_processes_do_not_build_the_same_index(village):
    content, folder = village.install(1, items_of())
    folder.parent.mkdir(parents=True)
    seen, token = [], CancelToken()
    with hold(folder.parent) as is_ours:
        assert is_ours
        with hold(folder.parent) as is_ours_too:
            assert not is_ours_too
        timer = threading.Timer(0.5, token.cancel)
        timer.start()
        with pytest.raises(CancelledError):
            index_pack(content, folder, on_progress=seen.append, cancel=token)
        timer.join()
        assert {progress.phase for progress in seen} == {WAIT_PHASE}
    assert index_pack(content, folder).analysed == 20


def test_who_has_waited_for_another_process_takes_what_that_has_built(village, monkeypatch):
    content, folder = village.install(1, items_of())
    folder.parent.mkdir(parents=True)
    built = []
    stack = ExitStack()
    stack.enter_context(hold(folder.parent))

    def the_other_ends(progress):
        if progress.phase == WAIT_PHASE:
            with monkeypatch.context() as other:
                other.setattr(build, "hold", lambda _: nullcontext(enter_result=True))
                built.append(index_pack(content, folder).about)
            stack.close()

    assert index_pack(content, folder, on_progress=the_other_ends).about == built[0]
    assert len(built) == 1
    assert index_pack(content, folder).analysed == 20, "asked again without waiting it is built again"


def test_what_was_analysed_survives_a_cancelled_build_and_one_that_failed(village, monkeypatch):
    monkeypatch.setattr(build, "_PORTION_BYTES", 1500)
    content, folder = village.install(1, items_of())
    token = CancelToken()

    def stop(progress):
        if progress.done >= 10:
            token.cancel()

    with pytest.raises(CancelledError):
        index_pack(content, folder, on_progress=stop, cancel=token)
    assert list((folder.parent / PORTIONS).iterdir())
    monkeypatch.setattr(build, "_make_durable", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(SiteError) as caught:
        index_pack(content, folder)
    assert caught.value.telephone_code == "M-310"
    assert not list(folder.parent.glob(f"{BUILDING}*"))
    monkeypatch.undo()
    monkeypatch.setattr(build, "_PORTION_BYTES", 1500)
    built = index_pack(content, folder)
    assert (built.analysed, built.resumed) == (0, 20)


def test_a_spoilt_portion_is_analysed_again(village, monkeypatch):
    content, folder = village.install(1, items_of())
    monkeypatch.setattr(build, "put_into_place", lambda *_: (_ for _ in ()).throw(OSError(5, "I/O error")))
    with pytest.raises(SiteError):
        index_pack(content, folder)
    monkeypatch.undo()
    (portion,) = (folder.parent / PORTIONS).iterdir()
    portion.write_bytes(portion.read_bytes()[:-100])
    assert index_pack(content, folder).analysed == 20
