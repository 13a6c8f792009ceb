"""What a sync is going to do, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packs.limits import MIB
from content_packs.model import BlobEntry, Manifest, PackInfo
from content_packs.origin import BUILT_IN, UNSIGNED, Origin, OriginKind
from sync.install import RESERVE_BYTES
from sync.layout import target_path
from sync.plan import Action, Cost, Present, Speeds, cost, decide, fit, seconds
from sync.words import Offer

HERE = "cn.test.fujian"
VILLAGE = "350122105"
NEW, OLD = "a" * 64, "b" * 64


def an_offer(pack_id="news", version=2, region="35", sha256=NEW, repository=HERE):
    return Offer(
        repository=repository,
        region=region,
        target=target_path(region, pack_id),
        pack_id=pack_id,
        version=version,
        sha256=sha256,
        length=100,
        title=f"《{pack_id}》",
        publisher="县里",
        issued_on=date(2026, 11, 22),
        items=3,
        size=1000,
        signer=region,
    )


def signed(region="35", repository=HERE):
    return Origin(OriginKind.SIGNED, repository, region, region, date(2026, 11, 1))


def a_pack(pack_id="news", version=1, digest=OLD, origin=None, **more):
    return Present(pack_id=pack_id, version=version, digest=digest[:16], origin=origin or signed(), **more)


def the_step(offers, present=(), revoked=(), unread=()):
    (step,) = steps(offers, present, revoked, unread)
    return step


def steps(offers, present=(), revoked=(), unread=()):
    return decide(
        offers,
        present,
        repository=HERE,
        region=VILLAGE,
        revoked_for=lambda _: frozenset(revoked),
        unread=frozenset(unread),
    )


def test_a_new_pack_is_added():
    step = the_step([an_offer()])
    assert (step.action, step.version, step.before, step.why) == (Action.ADD, 2, None, "")
    assert step.changes
    assert step.offer


def test_a_newer_version_replaces():
    step = the_step([an_offer()], [a_pack()])
    assert (step.action, step.version, step.before) == (Action.REPLACE, 2, 1)


def test_the_same_version_is_kept():
    step = the_step([an_offer()], [a_pack(version=2, digest=NEW)])
    assert step.action is Action.KEEP
    assert not step.changes


def test_a_damaged_pack_is_fetched_again():
    step = the_step([an_offer()], [a_pack(version=2, digest=NEW, is_damaged=True)])
    assert (step.action, step.why) == (Action.REPLACE, "本机的坏了，重新取。")


def test_a_version_that_was_signed_anew_replaces():
    assert the_step([an_offer()], [a_pack(version=2, digest=OLD)]).action is Action.REPLACE


def test_a_lower_version_is_refused():
    step = the_step([an_offer(version=2)], [a_pack(version=3)])
    assert (step.action, step.why) == (Action.REFUSE, "比本机的旧：本机是第 3 版。")
    assert not step.is_hindered


def test_a_version_that_was_gone_back_from_does_not_come_back_by_itself():
    step = the_step([an_offer()], [a_pack(left=frozenset({NEW[:16]}))])
    assert step.action is Action.REFUSE
    assert "退回" in step.why


def test_a_version_after_the_one_that_was_gone_back_from_comes():
    assert the_step([an_offer(version=3, sha256="c" * 64)], [a_pack(left=frozenset({NEW[:16]}))]).changes


@pytest.mark.parametrize("version", [1, 2, 99])
def test_a_signed_pack_replaces_an_unsigned_one_whatever_its_version(version):
    step = the_step([an_offer()], [a_pack(version=version, digest=NEW, origin=UNSIGNED)])
    assert (step.action, step.why) == (Action.REPLACE, "换成有签名的。")


def test_what_came_with_the_program_belongs_to_the_nation():
    assert the_step([an_offer(region="0")], [a_pack(origin=BUILT_IN)]).changes
    step = the_step([an_offer(region="35")], [a_pack(origin=BUILT_IN)])
    assert step.action is Action.REFUSE
    assert "地区 0" in step.why


@pytest.mark.parametrize(
    ("owner", "offered_by", "may"),
    [
        ("35", "35", True),
        ("35", "3501", False),
        ("0", "350122001", False),
        ("3501", "35", True),
        ("350122", "0", True),
        ("350122", "3502", False),
    ],
)
def test_an_id_belongs_to_its_region_and_those_above(owner, offered_by, may):
    assert the_step([an_offer(region=offered_by)], [a_pack(origin=signed(owner))]).changes is may


def test_an_id_belongs_to_its_repository():
    step = the_step([an_offer(region="0")], [a_pack(origin=signed("35", "cn.test.nation"))])
    assert step.action is Action.REFUSE
    assert "cn.test.nation" in step.why
    assert "先拿掉本机的（news）" in step.why, "and what to do about it"


@pytest.mark.parametrize("present", [(), (a_pack(origin=UNSIGNED),)])
def test_of_two_repositories_that_bring_one_id_the_first_one_does(present):
    """Which of them is first is said before anything is done."""

    def decided(taken):
        (step,) = decide(
            [an_offer()], present, repository=HERE, region=VILLAGE, revoked_for=lambda _: frozenset(), taken=taken
        )
        return step

    assert decided({"news": HERE}).changes, "the same repository lies on the stick twice"
    assert decided({"other": "cn.test.nation"}).changes
    refused = decided({"news": "cn.test.nation"})
    assert (refused.action, refused.is_hindered) == (Action.REFUSE, False)
    assert "cn.test.nation" in refused.why


def test_of_two_regions_with_one_id_the_wider_wins_whichever_was_first():
    narrow, wide = an_offer(region="350122", sha256=OLD), an_offer(region="35")
    for offers in ([narrow, wide], [wide, narrow]):
        first, second = steps(offers)
        assert (first.action, first.offer) == (Action.ADD, wide)
        assert (second.action, second.offer) == (Action.REFUSE, narrow)


def test_what_was_taken_back_is_not_installed():
    step = the_step([an_offer()], revoked=[NEW])
    assert (step.action, step.why) == (Action.REFUSE, "发布单位已经撤回这一版。")


def test_what_was_taken_back_goes():
    step = the_step([], [a_pack(title="《通知》")], revoked=[OLD])
    assert (step.action, step.title) == (Action.WITHDRAW, "《通知》")
    assert not step.changes


def test_what_was_taken_back_goes_even_if_another_version_was_taken_back_too():
    found = steps([an_offer()], [a_pack()], revoked=[OLD, NEW])
    assert [step.action for step in found] == [Action.WITHDRAW, Action.REFUSE]


def test_an_older_version_may_follow_one_that_was_taken_back():
    step = the_step([an_offer(version=2)], [a_pack(version=3)], revoked=[OLD])
    assert (step.action, step.why) == (Action.REPLACE, "发布单位已经撤回本机的这一版。")


def test_nobody_can_take_back_what_is_not_theirs():
    assert steps([], [a_pack(origin=BUILT_IN)], revoked=[OLD]) == ()
    assert steps([], [a_pack(origin=signed("35", "cn.other"))], revoked=[OLD]) == ()


def test_what_is_offered_no_longer_stays_and_is_told():
    step = the_step([], [a_pack()])
    assert (step.action, step.why) == (Action.KEEP, "发布单位不再提供，本机留着原来的。")


def test_what_could_not_be_read_is_not_taken_for_gone():
    assert the_step([], [a_pack()], unread=["news"]).why == "这次没有读到它的新消息。"


def test_packs_of_others_are_no_business_of_this_repository():
    others = [a_pack("a1", origin=UNSIGNED), a_pack("b1", origin=BUILT_IN), a_pack("c1", origin=signed("0", "cn.x"))]
    assert steps([], others) == ()


def test_what_changes_comes_first():
    present = [a_pack("kept", 2, NEW), a_pack("older", 9), a_pack("newer"), a_pack("back", digest="d" * 64)]
    offers = [an_offer("kept"), an_offer("older"), an_offer("newer"), an_offer("fresh")]
    found = steps(offers, present, revoked=["d" * 64])
    assert [(step.action.value, step.pack_id) for step in found] == [
        ("withdraw", "back"),
        ("replace", "newer"),
        ("add", "fresh"),
        ("refuse", "older"),
        ("keep", "kept"),
    ]


@given(
    st.permutations([an_offer("news", v, r, h * 64) for v, r, h in [(1, "0", "1"), (2, "35", "2"), (3, "3501", "3")]])
)
def test_the_order_of_offers_makes_no_difference(offers):
    assert steps(offers) == steps(sorted(offers, key=lambda offer: offer.sha256))


def a_manifest(*blobs):
    info = PackInfo(id="news", version=2, title="t", publisher="p", issued_on=date(2026, 11, 22))
    entries = tuple(
        BlobEntry(sha256=name * 64, size=size, stored=stored, bundle=0, offset=offset)
        for name, size, stored, offset in blobs
    )
    media = {blob.sha256: "image/png" for blob in entries[1:]}
    return Manifest(format=1, pack=info, items={"i1": entries[0].sha256}, media=media, blobs=entries)


def test_what_it_costs_counts_only_what_is_not_here():
    manifest = a_manifest(("a", 1000, 400, 94), ("b", 500, 500, 600), ("c", 70_000, 70_000, 50_000))
    everything = cost(manifest, lambda _: False)
    assert (everything.part, everything.fetch) == (70_900, 1006 + 70_000)
    assert everything.text == 1000
    assert everything.stays == 70_500 + 11 * 1000 + 3 * 4096
    half = cost(manifest, lambda _: False, here=900)
    assert (half.part, half.fetch, half.here) == (70_000, 106 + 70_000, 900)
    nothing = cost(manifest, lambda _: True)
    assert (nothing.fetch, nothing.part, nothing.install) == (0, 0, 70_900)


def a_cost(stays, part=0, fetch=0):
    return Cost(fetch=fetch, part=part, here=0, stays=stays, install=4000, text=500)


def test_everything_fits():
    found = steps([an_offer("a1"), an_offer("b1")])
    costs = {"a1": a_cost(100 * MIB, 10 * MIB, 11 * MIB), "b1": a_cost(MIB)}
    plan = fit(found, costs, RESERVE_BYTES + 111 * MIB, Speeds(fetch=MIB, install=4000, index=250))
    assert plan.steps == found
    assert (plan.fetch_bytes, plan.room_bytes) == (11 * MIB, RESERVE_BYTES + 111 * MIB)
    assert plan.seconds == pytest.approx(11 + 2 * (1 + 2))
    assert plan.has_work


def test_what_does_not_fit_is_refused_and_the_rest_comes():
    found = steps([an_offer("film"), an_offer("note")])
    plan = fit(found, {"film": a_cost(100 * MIB), "note": a_cost(MIB)}, RESERVE_BYTES + 2 * MIB, Speeds(1))
    assert [(step.pack_id, step.action) for step in plan.steps] == [("film", Action.REFUSE), ("note", Action.ADD)]
    refused = plan.steps[0]
    assert refused.is_hindered
    assert refused.why == "磁盘放不下，还差大约 99 MiB（M-310）。"
    assert set(plan.costs) == {"note"}
    assert plan.room_bytes == RESERVE_BYTES + 101 * MIB


def test_the_temporary_copy_counts_too():
    found = steps([an_offer("a1")])
    assert not fit(found, {"a1": a_cost(MIB, 2 * MIB)}, RESERVE_BYTES + 2 * MIB, Speeds(1)).has_work
    assert fit(found, {"a1": a_cost(MIB, 2 * MIB)}, RESERVE_BYTES + 3 * MIB, Speeds(1)).has_work


def test_nothing_to_do_takes_no_time():
    plan = fit(steps([an_offer()], [a_pack(version=2, digest=NEW)]), {}, 0, Speeds(1))
    assert (plan.has_work, plan.seconds, plan.fetch_bytes) == (False, 0, 0)


def test_taking_back_is_work():
    assert fit(steps([], [a_pack()], revoked=[OLD]), {}, 0, Speeds(1)).has_work


def test_seconds_of_each_phase():
    assert seconds(a_cost(1, 1, 100), Speeds(10, 400, 50)) == (10, 10, 10)


def test_a_kiosk_that_moved_takes_what_its_new_region_publishes():
    """Every county may call its notices by the same id, and count its own versions."""
    step = the_step([an_offer(version=1)], [a_pack(version=7, origin=signed("3601"))])
    assert (step.action, step.before, step.why) == (Action.REPLACE, 7, "本机从地区 3601 搬来，换成这里的。")
    other = the_step([an_offer(version=1)], [a_pack(version=7, origin=signed("36", repository="cn.test.jiangxi"))])
    assert other.action is Action.REPLACE


def test_what_came_with_a_kiosk_that_moved_stays_and_says_so():
    step = the_step([], [a_pack(origin=signed("3601"))])
    assert (step.action, step.why) == (Action.KEEP, "它属于地区 3601，这里没有它的新消息，本机留着原来的。")


def test_what_nobody_answers_for_or_came_with_the_program_moves_along():
    assert the_step([an_offer(region="0")], [a_pack(origin=BUILT_IN)]).why == ""
    assert the_step([an_offer(region="35")], [a_pack(origin=BUILT_IN)]).action is Action.REFUSE
