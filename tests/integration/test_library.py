import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date

import pytest

from content_packs.errors import PackError, PackIntegrityError
from content_packs.model import ItemRef, Kind, LifeStage, Rel, Relation, Status, Synonym, Theme
from content_packs.origin import BUILT_IN, Origin, OriginKind
from kiosk.clock import BUILT_ON
from kiosk.library import Library, OpenPack
from kiosk.words import ItemFilter, TabKind
from tests.fakes.content import ISSUED, a_pack, an_item, write_content


class Shelf:
    """Builds libraries of packs on disk and closes them."""

    def __init__(self, folder):
        self.folder = folder
        self.packs = []
        self.today = ISSUED

    def library(self, *packs, region="0", **settings):
        for place, (info, items) in enumerate(packs):
            self.packs.append(OpenPack(write_content(self.folder / f"{place}-{len(self.packs)}.db", info, items)))
        return Library(self.packs[-len(packs) :] if packs else [], region=region, today=lambda: self.today, **settings)

    def of(self, *items, **settings):
        return self.library((a_pack(), items), **settings)


@pytest.fixture
def shelf(tmp_path):
    made = Shelf(tmp_path)
    yield made
    for pack in made.packs:
        pack.reader.close()


def ref(name, pack="cn.test.pack"):
    return ItemRef(pack, name)


def names(cards):
    return [card.ref.id for card in cards]


def test_an_empty_kiosk_has_nothing_and_says_so(shelf):
    library = shelf.library()
    assert library.themes() == library.people() == library.hot() == library.notices() == library.cards() == ()
    assert library.packs() == ()
    assert library.updated_on() == library.trusted_on == BUILT_ON


def test_themes_of_the_same_id_are_one_theme_and_empty_ones_are_hidden(shelf):
    elder, farm, empty = Theme(id="elder", title="养老"), Theme(id="farm", title="种地"), Theme(id="empty", title="空")
    library = shelf.library(
        (a_pack("cn.a", themes=(elder, empty)), [an_item("a1", themes=("elder",)), an_item("a2", themes=("elder",))]),
        (
            a_pack("cn.b", themes=(farm, Theme(id="elder", title="老人"))),
            [an_item("b1", themes=("farm", "elder")), an_item("b2", themes=("unknown",))],
        ),
    )
    assert [(theme.id, theme.title, theme.count) for theme in library.themes()] == [
        ("elder", "养老", 3),
        ("farm", "种地", 1),
    ]
    assert names(library.cards(ItemFilter(theme="elder"))) == ["a1", "a2", "b1"]


def test_people_are_those_for_whom_there_is_something(shelf):
    library = shelf.of(
        an_item("a", life_stages=(LifeStage.VETERAN, LifeStage.ELDER)), an_item("b", life_stages=(LifeStage.ELDER,))
    )
    assert [(tile.stage, tile.title, tile.count) for tile in library.people()] == [
        (LifeStage.ELDER, "老年人", 2),
        (LifeStage.VETERAN, "退役军人", 1),
    ]
    assert names(library.cards(ItemFilter(stage=LifeStage.VETERAN))) == ["a"]


def test_what_helps_at_once_comes_first_and_what_has_ended_last(shelf):
    library = shelf.of(
        an_item("policy", Kind.POLICY),
        an_item("old", valid_to=date(2020, 1, 1)),
        an_item("faq", Kind.FAQ),
        an_item("guide-1"),
        an_item("interpretation", Kind.INTERPRETATION),
        an_item("guide-2"),
    )
    assert names(library.cards()) == ["guide-1", "guide-2", "faq", "interpretation", "policy", "old"]
    assert library.cards() == library.cards()


def test_a_card_says_what_a_list_shows(shelf):
    library = shelf.of(an_item("a", made_on=date(2014, 2, 21), badge="示例"), an_item("b", plain_title="", themes=()))
    first, second = library.cards()
    assert (first.title, first.summary, first.year, first.theme, first.badge) == (
        "a怎么办",
        "带上身份证到村里办。",
        2014,
        "pension",
        "未签名 示例",
    )
    assert (second.title, second.year, second.theme) == ("关于b的全称", None, "")
    assert library.card(ref("a")) == first


def test_a_filter_narrows_by_every_field(shelf):
    library = shelf.of(
        an_item("a", made_on=date(2014, 2, 21), issuers=("国务院",)),
        an_item("b", Kind.POLICY, made_on=date(2014, 5, 1), issuers=("民政部", "财政部")),
        an_item("c", Kind.POLICY, made_on=date(2020, 5, 1), issuers=("民政部",), valid_to=date(2021, 1, 1)),
    )
    assert names(library.cards(ItemFilter(kind=Kind.POLICY))) == ["b", "c"]
    assert names(library.cards(ItemFilter(year=2014))) == ["a", "b"]
    assert names(library.cards(ItemFilter(issuer="民政部"))) == ["b", "c"]
    assert names(library.cards(ItemFilter(status=Status.EXPIRED))) == ["c"]
    assert names(library.cards(ItemFilter(kind=Kind.POLICY, year=2014, issuer="财政部"))) == ["b"]
    assert library.cards(ItemFilter(theme="farm")) == ()


def test_facets_count_what_can_still_be_chosen(shelf):
    library = shelf.of(
        an_item("a", made_on=date(2014, 2, 21), issuers=("国务院",)),
        an_item("b", Kind.POLICY, made_on=date(2014, 5, 1), issuers=("民政部", "财政部")),
        an_item("c", Kind.POLICY, made_on=date(2020, 5, 1), issuers=("民政部",)),
        an_item("d", Kind.FAQ),
    )
    facets = library.facets()
    assert facets.kinds == ((Kind.GUIDE, 1), (Kind.FAQ, 1), (Kind.POLICY, 2))
    assert facets.years == ((2020, 1), (2014, 2))
    assert facets.issuers == library.issuers() == (("民政部", 2), ("国务院", 1), ("财政部", 1))
    narrowed = library.facets(ItemFilter(kind=Kind.POLICY, year=2014))
    assert narrowed.kinds == ((Kind.GUIDE, 1), (Kind.POLICY, 1))
    assert narrowed.years == ((2020, 1), (2014, 1))
    assert narrowed.issuers == (("民政部", 1), ("财政部", 1))


def test_hot_items_keep_their_order_and_leave_out_what_is_gone(shelf):
    items = [an_item("a"), an_item("b", valid_to=date(2020, 1, 1)), an_item("c"), an_item("d", regions=("44",))]
    library = shelf.library((a_pack(hot=("c", "gone", "b", "d", "a", "c")), items), region="35")
    assert names(library.hot()) == ["c", "a"]


def test_notices_are_the_running_ones_newest_first(shelf):
    library = shelf.of(
        an_item("old", Kind.NOTICE, published_on=date(2026, 1, 1)),
        an_item("undated", Kind.NOTICE),
        an_item("new", Kind.NOTICE, published_on=date(2026, 11, 1)),
        an_item("over", Kind.NOTICE, published_on=date(2026, 11, 2), valid_to=date(2026, 11, 3)),
        an_item("guide"),
    )
    assert names(library.notices()) == ["new", "old", "undated"]


def test_a_notice_that_is_soon_over_comes_before_a_greeting_of_the_same_day(shelf):
    day = date(2026, 11, 1)
    library = shelf.of(
        an_item("greeting", Kind.NOTICE, published_on=day),
        an_item("water", Kind.NOTICE, published_on=day, valid_to=date(2026, 12, 31)),
    )
    assert names(library.notices()) == ["water", "greeting"]


def test_tutorials_stand_in_the_order_of_the_pack(shelf):
    library = shelf.of(an_item("b", Kind.TUTORIAL), an_item("x"), an_item("a", Kind.TUTORIAL))
    assert names(library.tutorials()) == ["b", "a"]


def test_a_document_number_finds_its_item_however_it_is_written(shelf):
    library = shelf.of(an_item("a", Kind.POLICY, doc_no="国办发〔2017〕47号"), an_item("b", Kind.POLICY))
    for written in ("国办发〔2017〕47号", "国办发[2017] 47号", "国办发二〇一七年四十七号", "47号"):
        assert names(library.by_doc_no(written)) == ["a"]
    assert library.by_doc_no("国办发〔2017〕48号") == library.by_doc_no("养老金") == ()


def test_what_holds_elsewhere_is_not_listed_but_can_be_opened(shelf):
    library = shelf.of(
        an_item("all"),
        an_item("county", regions=("350122",)),
        an_item("province", regions=("44", "35")),
        an_item("other", regions=("350123",)),
        region="350122105",
    )
    assert names(library.cards()) == ["county", "province", "all"]
    assert library.elsewhere == 1
    assert not library.holds_here(ref("other"))
    assert library.holds_here(ref("county"))
    assert not library.holds_here(ref("gone"))
    assert library.dossier(ref("other")).main.item.id == "other"


def test_a_kiosk_without_a_region_shows_what_holds_everywhere(shelf):
    assert names(shelf.of(an_item("all"), an_item("county", regions=("350122",))).cards()) == ["all"]


def test_a_local_version_of_the_same_item_replaces_the_national_one(shelf):
    national = (a_pack("cn.nation"), [an_item("pension"), an_item("notice", Kind.NOTICE)])
    local = (
        a_pack("cn.county"),
        [an_item("pension", regions=("350122",)), an_item("notice", Kind.NOTICE, regions=("350122",))],
    )
    library = shelf.library(national, local, region="350122")
    assert [(card.ref.pack, card.ref.id) for card in library.cards()] == [
        ("cn.county", "pension"),
        ("cn.county", "notice"),
        ("cn.nation", "notice"),
    ]
    assert [theme.count for theme in library.themes()] == [3]


def test_a_local_guide_based_on_the_national_one_replaces_it_only_where_it_holds(shelf):
    items = [an_item("nation"), an_item("local", regions=("35",), relations=[(Rel.BASED_ON, "nation")])]
    assert names(shelf.of(*items, region="350122").cards()) == ["local"]
    assert names(shelf.of(*items, region="44").cards()) == ["nation"]


def test_a_local_policy_does_not_hide_the_law_that_it_carries_out(shelf):
    items = [
        an_item("law", Kind.POLICY),
        an_item("local", Kind.POLICY, regions=("35",), relations=[(Rel.IMPLEMENTS, "law")]),
    ]
    assert names(shelf.of(*items, region="35").cards()) == ["local", "law"]


@pytest.fixture
def matter(shelf):
    return shelf.of(
        an_item("policy", Kind.POLICY, doc_no="国发〔2014〕8号"),
        an_item("guide", relations=[(Rel.GUIDE_FOR, "policy"), (Rel.RELATED, "card")]),
        an_item("explained", Kind.INTERPRETATION, relations=[(Rel.INTERPRETS, "policy")]),
        an_item("faq-of-guide", Kind.FAQ, relations=[(Rel.ANSWERS, "guide")]),
        an_item("faq-of-policy", Kind.FAQ, relations=[(Rel.ANSWERS, "policy")]),
        an_item("card"),
        an_item("how", Kind.TUTORIAL, relations=[(Rel.TUTORIAL_FOR, "guide")]),
        an_item("uyghur", lang="ug-Arab-CN", relations=[(Rel.TRANSLATION_OF, "guide")]),
        an_item("stranger"),
    )


def tabs_of(dossier):
    return {tab.kind: [entry.item.id for entry in tab.items] or names(tab.cards) for tab in dossier.tabs}


@pytest.mark.parametrize(
    ("opened", "initial"),
    [
        ("guide", TabKind.GUIDE),
        ("policy", TabKind.ORIGINAL),
        ("explained", TabKind.INTERPRETATION),
        ("faq-of-guide", TabKind.FAQ),
        ("faq-of-policy", TabKind.FAQ),
    ],
)
def test_whatever_is_opened_the_same_matter_opens_on_its_tab(matter, opened, initial):
    dossier = matter.dossier(ref(opened))
    tabs = tabs_of(dossier)
    assert dossier.initial is initial
    assert dossier.main.item.id == opened
    assert tabs[initial][0] == opened
    assert [tab.kind for tab in dossier.tabs] == list(TabKind)
    assert tabs[TabKind.GUIDE] == ["guide"]
    assert tabs[TabKind.ORIGINAL] == ["policy"]
    assert tabs[TabKind.INTERPRETATION] == ["explained"]
    assert sorted(tabs[TabKind.FAQ]) == ["faq-of-guide", "faq-of-policy"]
    assert tabs[TabKind.RELATED] == ["uyghur", "how", "card"]
    assert (dossier.pack_title, dossier.publisher, dossier.signed) == ("测试包", "测试发布单位", False)


@pytest.mark.parametrize(
    ("opened", "initial", "related"),
    [("how", TabKind.GUIDE, ["guide"]), ("card", TabKind.GUIDE, ["guide"]), ("uyghur", TabKind.GUIDE, ["guide"])],
)
def test_relations_are_shown_from_the_other_end_too(matter, opened, initial, related):
    dossier = matter.dossier(ref(opened))
    assert dossier.initial is initial
    assert tabs_of(dossier) == {initial: [opened], TabKind.RELATED: related}


@pytest.mark.parametrize(
    ("kind", "initial"),
    [
        (Kind.NOTICE, TabKind.ORIGINAL),
        (Kind.VILLAGE_DISCLOSURE, TabKind.ORIGINAL),
        (Kind.CASE, TabKind.ORIGINAL),
        (Kind.CONTACT, TabKind.GUIDE),
        (Kind.TUTORIAL, TabKind.GUIDE),
    ],
)
def test_what_helps_by_itself_stands_alone(shelf, kind, initial):
    dossier = shelf.of(an_item("aa", kind), an_item("bb")).dossier(ref("aa"))
    assert tabs_of(dossier) == {initial: ["aa"]}
    assert dossier.successor is None


def test_relations_reach_over_packs_and_the_own_pack_comes_first(shelf):
    library = shelf.library(
        (a_pack("cn.a"), [an_item("policy", Kind.POLICY), an_item("shared", Kind.POLICY)]),
        (
            a_pack("cn.b"),
            [
                an_item("shared", Kind.POLICY),
                an_item("guide", relations=[(Rel.GUIDE_FOR, "policy"), (Rel.GUIDE_FOR, "shared"), (Rel.RELATED, "no")]),
            ],
        ),
    )
    dossier = library.dossier(ref("guide", "cn.b"))
    original = next(tab for tab in dossier.tabs if tab.kind is TabKind.ORIGINAL)
    assert [entry.ref for entry in original.items] == [ref("policy", "cn.a"), ref("shared", "cn.b")]
    assert tabs_of(library.dossier(ref("policy", "cn.a")))[TabKind.GUIDE] == ["guide"]
    assert TabKind.GUIDE not in tabs_of(library.dossier(ref("shared", "cn.a")))


def test_a_question_about_a_policy_brings_all_its_guides(shelf):
    library = shelf.of(
        an_item("policy", Kind.POLICY),
        an_item("g1", relations=[(Rel.GUIDE_FOR, "policy")]),
        an_item("g2", relations=[(Rel.GUIDE_FOR, "policy")]),
        an_item("faq", Kind.FAQ, relations=[(Rel.ANSWERS, "policy")]),
    )
    assert tabs_of(library.dossier(ref("faq")))[TabKind.GUIDE] == ["g1", "g2"]
    guide = tabs_of(library.dossier(ref("g2")))
    assert guide[TabKind.GUIDE] == ["g2"]
    assert guide[TabKind.RELATED] == ["g1"]


def test_more_than_a_tab_can_hold_stands_under_related(shelf):
    faqs = [an_item(f"q{number:02}", Kind.FAQ, relations=[(Rel.ANSWERS, "guide")]) for number in range(15)]
    tabs = tabs_of(shelf.of(an_item("guide"), *faqs).dossier(ref("guide")))
    assert tabs[TabKind.FAQ] == [f"q{number:02}" for number in range(12)]
    assert tabs[TabKind.RELATED] == ["q12", "q13", "q14"]


def test_a_dossier_holds_nothing_of_other_regions(shelf):
    library = shelf.of(
        an_item("policy", Kind.POLICY),
        an_item("here", regions=("35",), relations=[(Rel.GUIDE_FOR, "policy")]),
        an_item("there", regions=("44",), relations=[(Rel.GUIDE_FOR, "policy"), (Rel.RELATED, "policy")]),
        region="35",
    )
    assert tabs_of(library.dossier(ref("policy"))) == {TabKind.GUIDE: ["here"], TabKind.ORIGINAL: ["policy"]}


def test_what_was_superseded_says_by_what(shelf):
    library = shelf.of(
        an_item("old", Kind.POLICY, doc_no="国发〔2009〕32号"),
        an_item("new", Kind.POLICY, valid_from=date(2014, 2, 21), relations=[(Rel.SUPERSEDES, "old")]),
    )
    old = library.dossier(ref("old"))
    assert old.main.status is Status.SUPERSEDED
    assert old.successor == library.card(ref("new"))
    assert TabKind.RELATED not in tabs_of(old)
    assert tabs_of(library.dossier(ref("new")))[TabKind.RELATED] == ["old"]
    assert names(library.cards()) == ["new", "old"]
    assert names(library.by_doc_no("国发〔2009〕32号")) == ["old"]


def test_what_was_repealed_names_the_repealing_item(shelf):
    library = shelf.of(an_item("old", Kind.POLICY), an_item("end", Kind.POLICY, relations=[(Rel.REPEALS, "old")]))
    assert library.card(ref("old")).status is Status.REPEALED
    assert library.dossier(ref("old")).successor == library.card(ref("end"))


def test_a_successor_that_has_not_begun_ends_nothing_and_later_only_casts_doubt(shelf):
    library = shelf.of(
        an_item("old", Kind.POLICY),
        an_item("new", Kind.POLICY, valid_from=date(2027, 3, 1), relations=[(Rel.SUPERSEDES, "old")]),
    )
    assert [card.status for card in library.cards()] == [Status.IN_FORCE, Status.NOT_YET]
    shelf.today = date(2027, 3, 1)
    assert [card.status for card in library.cards()] == [Status.REVIEW, Status.REVIEW]


def test_a_successor_elsewhere_ends_nothing_here(shelf):
    library = shelf.of(
        an_item("old", Kind.POLICY),
        an_item("new", Kind.POLICY, regions=("44",), relations=[(Rel.SUPERSEDES, "old")]),
        region="35",
    )
    assert library.card(ref("old")).status is Status.IN_FORCE
    assert library.dossier(ref("old")).successor is None


def test_time_passes_while_the_kiosk_runs(shelf):
    library = shelf.of(an_item("aa", review_by=date(2026, 12, 31)))
    assert library.cards()[0].status is Status.IN_FORCE
    shelf.today = date(2027, 1, 1)
    assert library.cards()[0].status is Status.REVIEW
    assert library.dossier(ref("aa")).main.status is Status.REVIEW


def test_a_signed_day_proves_that_something_has_ended(shelf):
    old = (a_pack("cn.a", issued_on=date(2026, 11, 22)), [an_item("a", valid_to=date(2026, 12, 31))])
    assert shelf.library(old).card(ref("a", "cn.a")).status is Status.IN_FORCE
    library = shelf.library(old, (a_pack("cn.b", issued_on=date(2026, 12, 30)), []), floor=date(2027, 1, 1))
    assert library.card(ref("a", "cn.a")).status is Status.EXPIRED
    assert library.trusted_on == date(2027, 1, 1)
    assert library.updated_on() == date(2026, 12, 30)


@pytest.mark.parametrize("day", [date(2027, 6, 1), date(2062, 1, 1)])
def test_what_a_pack_says_of_its_own_day_proves_nothing(shelf, day):
    library = shelf.library(
        (a_pack("cn.a"), [an_item("aa", valid_to=date(2026, 12, 31))]), (a_pack("cn.b", issued_on=day), [])
    )
    assert library.updated_on() == library.trusted_on == ISSUED
    assert library.cards()[0].status is Status.IN_FORCE


def test_a_pack_that_nobody_answers_for_changes_nothing_about_the_others(shelf, tmp_path):
    synonyms = (Synonym("劳保", ("养老金",)),)
    content = write_content(
        tmp_path / "unsigned.db",
        a_pack("cn.z", synonyms=synonyms),
        [
            an_item("za", relations=(Relation(Rel.REPEALS, "aa"), Relation(Rel.RELATED, "zz"))),
            an_item("zz", kind=Kind.FAQ),
        ],
    )
    alone, beside = OpenPack(content), OpenPack(content, is_isolated=True)
    shelf.packs += [alone, beside]
    signed = OpenPack(write_content(tmp_path / "signed.db", a_pack("cn.a"), [an_item("aa")]), origin=BUILT_IN)
    shelf.packs.append(signed)
    both = Library([signed, alone], region="0", today=lambda: ISSUED)
    assert both.card(ref("aa", "cn.a")).status is Status.REPEALED
    library = Library([signed, beside], region="0", today=lambda: ISSUED)
    assert library.card(ref("aa", "cn.a")).status is Status.IN_FORCE
    assert beside.reader.info.synonyms == ()
    assert alone.reader.info.synonyms == synonyms
    assert [relation.target for relation in beside.reader.relations()] == ["zz"]
    assert {card.id: card.signed for card in library.packs()} == {"cn.a": True, "cn.z": False}
    assert library.dossier(ref("aa", "cn.a")).signed
    assert not library.dossier(ref("za", "cn.z")).signed
    assert {card.ref.id: card.badge for card in library.cards()} == {"aa": "", "za": "未签名", "zz": "未签名"}
    assert not library.is_signed
    assert Library([signed], region="0", today=lambda: ISSUED).is_signed
    assert Library([], region="0", today=lambda: ISSUED).is_signed, "nothing claims nothing"


def test_a_pack_that_nobody_answers_for_does_not_say_how_fresh_the_content_is(shelf, tmp_path):
    old, new = date(2026, 5, 1), date(2026, 11, 22)
    signed = OpenPack(write_content(tmp_path / "s.db", a_pack("cn.a", issued_on=old), []), origin=BUILT_IN)
    content = write_content(tmp_path / "u.db", a_pack("cn.z", issued_on=new), [])
    beside, alone = OpenPack(content, is_isolated=True), OpenPack(content)
    shelf.packs += [signed, beside, alone]
    for packs, day in (([signed, beside], old), ([alone], new)):
        assert Library(packs, region="0", today=lambda: ISSUED, floor=new).updated_on() == day


def test_a_notice_that_nobody_answers_for_does_not_take_the_place_of_a_signed_one(shelf, tmp_path):
    def notice(name, day):
        return an_item(name, Kind.NOTICE, published_on=day)

    signed = write_content(tmp_path / "s.db", a_pack("cn.a"), [notice("old", date(2026, 3, 1))])
    trial = write_content(tmp_path / "u.db", a_pack("cn.z"), [notice("new", date(2026, 11, 22))])
    packs = [OpenPack(signed, origin=BUILT_IN), OpenPack(trial, is_isolated=True)]
    shelf.packs += packs
    assert names(Library(packs, region="0", today=lambda: ISSUED).notices()) == ["old", "new"]


def test_an_item_that_nobody_answers_for_hides_none_of_the_same_id(shelf, tmp_path):
    """A nearer item about the same matter takes the place of a wider one, if somebody answers for it."""
    signed = write_content(tmp_path / "signed.db", a_pack("cn.a"), [an_item("guide", kind=Kind.GUIDE)])
    nearer = an_item("guide", kind=Kind.GUIDE, regions=("350122",))
    unsigned = write_content(tmp_path / "unsigned.db", a_pack("cn.z"), [nearer])
    shelf.packs += [OpenPack(signed, origin=BUILT_IN), OpenPack(unsigned, is_isolated=True), OpenPack(unsigned)]
    shown, beside, alone = shelf.packs
    for others, left in ((beside, {"cn.a", "cn.z"}), (alone, {"cn.z"})):
        library = Library([shown, others], region="350122", today=lambda: ISSUED)
        assert {card.ref.pack for card in library.cards()} == left


@pytest.mark.parametrize(
    ("signer", "ended"),
    [("0", True), ("35", True), ("350122", True), ("350123", False), ("350122001", False)],
)
def test_only_a_region_at_least_as_wide_says_that_something_has_ended(shelf, tmp_path, signer, ended):
    def signed(name, region, item):
        content = write_content(tmp_path / f"{name}.db", a_pack(name), [item])
        shelf.packs.append(OpenPack(content, origin=Origin(OriginKind.SIGNED, "fujian", region, region)))
        return shelf.packs[-1]

    county = signed("cn.county", "350122", an_item("aa", kind=Kind.POLICY))
    other = signed("cn.other", signer, an_item("bb", kind=Kind.POLICY, relations=(Relation(Rel.REPEALS, "aa"),)))
    library = Library([county, other], region="350122001", today=lambda: ISSUED)
    assert (library.card(ref("aa", "cn.county")).status is Status.REPEALED) == ended
    assert (library.dossier(ref("aa", "cn.county")).successor is not None) == ended


def test_an_item_that_is_gone_is_said_in_words(shelf):
    library = shelf.of(an_item("a"))
    for missing in (ref("b"), ref("a", "cn.other")):
        with pytest.raises(PackError, match="P-103"):
            library.dossier(missing)


def test_several_threads_may_read_at_once(matter):
    opened = ["guide", "policy", "explained", "faq-of-guide", "card", "how"] * 10

    def read(name):
        return name, matter.dossier(ref(name)).main.item.id, len(matter.cards())

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(read, opened))
    assert found == [(name, name, 9) for name in opened]


def test_lists_read_no_body(tmp_path, shelf):
    path = write_content(tmp_path / "bodies.db", a_pack(), [an_item("aa"), an_item("bb", Kind.FAQ)])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE bodies SET item = 'no item'")
    shelf.packs.append(OpenPack(path))
    library = Library(shelf.packs, region="0", today=lambda: ISSUED)
    assert names(library.cards()) == ["aa", "bb"]
    assert library.themes()
    assert library.facets().kinds
    with pytest.raises(PackIntegrityError):
        library.dossier(ref("aa"))


def test_media_come_from_their_own_pack(shelf, tmp_path):
    path = write_content(tmp_path / "m.db", a_pack(), [an_item("a")], [("a" * 64, "image/png", b"png")])
    shelf.packs.append(OpenPack(path))
    library = Library(shelf.packs, region="0", today=lambda: ISSUED)
    assert library.media("cn.test.pack", "a" * 64) == b"png"
    for pack, sha256 in (("cn.test.pack", "b" * 64), ("cn.other", "a" * 64)):
        with pytest.raises(PackIntegrityError):
            library.media(pack, sha256)


def test_the_clerk_sees_the_packs(shelf):
    library = shelf.library((a_pack(version=7, allowed_hosts=("www.example.cn",)), [an_item("a"), an_item("b")]))
    (card,) = library.packs()
    assert (card.id, card.version, card.title, card.items, card.signed) == ("cn.test.pack", 7, "测试包", 2, False)
    assert library.allowed_hosts("cn.test.pack") == ("www.example.cn",)
    assert library.allowed_hosts("cn.other") == ()


def test_words_for_the_keyboard(shelf):
    info = a_pack(synonyms=(Synonym(colloquial="新农合", official=("城乡居民医保",)),))
    library = shelf.library((info, [an_item("a", keywords=("养老金",))]))
    assert list(library.words()) == ["新农合", "城乡居民医保", "a怎么办", "养老金"]


def test_a_damaged_file_is_refused_when_it_is_opened(tmp_path):
    path = write_content(tmp_path / "bad.db", a_pack(), [an_item("a")])
    data = bytearray(path.read_bytes())
    data[16384 * 2 :] = bytes(len(data) - 16384 * 2)
    path.write_bytes(data)
    with pytest.raises(PackIntegrityError):
        OpenPack(path)
