"""带走: a slip to look at, codes to scan, and paper only where paper would come."""

from datetime import date
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage

from content_packs.errors import PrinterError
from content_packs.model import Guide, ItemRef, Link, Phone, Status
from kiosk.slip import slip_for
from kiosk.words import Dossier, Tab, TabItem, TabKind
from tests.fakes.content import an_item
from tests.fakes.manual_jobs import ManualJobs
from ui.pictures import DrawnPictures
from ui.printing.pages import ticket_preview
from ui.viewmodels.take_home import SlipSources, TakeHomeViewModel

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]

PORTAL = "https://si.12333.gov.cn"
ITEM = an_item(
    "养老金",
    doc_no="国发〔2014〕8号",
    guide=Guide(materials=("身份证", "社保卡"), place="村委会"),
    phones=(Phone(number="12333"),),
    portal=Link(name="国家社会保险公共服务平台", payload=PORTAL),
    wechat=Link(name="人力资源和社会保障部"),
)


def a_dossier(item=ITEM):
    entry = TabItem(ref=ItemRef("cn.test.pack", item.id), item=item, status=Status.IN_FORCE)
    return Dossier(
        main=entry,
        tabs=(Tab(kind=TabKind.GUIDE, items=(entry,)),),
        initial=TabKind.GUIDE,
        pack_title="测试包",
        publisher="测试",
        signed=False,
    )


class Paper:
    """A ticket printer whose paper may be out."""

    def __init__(self):
        self.ready = True
        self.breaks = False
        self.sent = []

    def is_ready(self):
        return self.ready

    def preview(self, slip, matrix_of, dots_per_mm):
        return ticket_preview(slip, 384, dots_per_mm, matrix_of)

    def send(self, slip, matrix_of):
        if self.breaks:
            raise PrinterError("没有打印成。", why="lp: jammed", code="M-332")
        self.sent.append((slip, matrix_of(PORTAL)))


class Desk:
    def __init__(self):
        self.jobs = ManualJobs()
        self.paper = Paper()
        self.pictures = DrawnPictures()
        self.made = []
        self.page = TakeHomeViewModel(
            self.jobs,
            SlipSources(
                slip_of=self.slip_of,
                allowed_hosts=lambda pack: (),
                printer=self.paper,
                pictures=self.pictures,
                dots_per_mm=lambda: 4.0,
            ),
        )

    def slip_of(self, dossier, tab):
        self.made.append(tab)
        return slip_for(dossier, tab, printed=date(2026, 11, 22), village="云溪村", pack_version=3)

    def open(self, item=ITEM):
        self.page.open(a_dossier(item), TabKind.GUIDE)
        self.jobs.run_all()

    def picture(self, address) -> QImage:
        return self.pictures.requestImage(address.removeprefix("image://drawn/"), QSize(), QSize())


@pytest.fixture
def desk():
    return Desk()


def read(image: QImage) -> str:
    shown = image.scaled(image.width() * 4, image.height() * 4, Qt.AspectRatioMode.KeepAspectRatio)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    shown.save(buffer, "PNG")
    return zxingcpp.read_barcode(Image.open(BytesIO(bytes(buffer.data().data())))).text


def test_the_title_is_there_before_the_slip_is_drawn(desk):
    desk.page.open(a_dossier(), TabKind.GUIDE)
    assert (desk.page.title, desk.page.isDrawn, desk.page.stage, desk.page.preview) == (
        "养老金怎么办",
        False,
        "asking",
        "",
    )
    assert not desk.page.canPrint
    desk.jobs.run_all()
    assert desk.page.isDrawn
    assert desk.made == [TabKind.GUIDE]


def test_codes_on_the_screen_hold_what_the_publisher_gave_and_names_stay_names(desk):
    desk.open()
    seen = []
    for _ in range(desk.page.count):
        seen.append(read(desk.picture(desk.page.code)) if desk.page.code else desk.page.searchWords)
        desk.page.next()
    assert seen == [
        PORTAL,
        "微信搜一搜：人力资源和社会保障部",
        "养老金怎么办\n国发〔2014〕8号\n带：身份证、社保卡\n电话12333",
    ]
    assert desk.page.number == 1
    assert desk.page.words == "打开政府网站 si.12333.gov.cn"
    assert desk.page.hint
    assert desk.page.modules == desk.picture(desk.page.code).width()


def test_the_preview_is_true_to_size(desk):
    desk.open()
    assert desk.picture(desk.page.preview).width() == 48 * 4  # 384 dots of 1/8 mm, 4 px a mm


def test_a_code_of_a_host_that_is_not_allowed_is_neither_shown_nor_printed(desk):
    desk.open(an_item("假", portal=Link(name="假网站", payload="https://gov.example.com/x")))
    assert [code.caption for code in desk.page.state.codes] == ["手机没有流量也能扫"]
    assert desk.page.state.slip.codes == ()


def test_where_a_printer_is_ready_it_prints_and_says_so(desk):
    desk.open()
    assert (desk.page.stage, desk.page.canPrint, desk.page.printWords) == ("ready", True, "")
    desk.page.print()
    assert (desk.page.stage, desk.page.busy, desk.page.canPrint) == ("printing", True, False)
    desk.page.print()
    desk.jobs.run_all()
    assert (desk.page.stage, desk.page.busy) == ("printed", False)
    assert len(desk.paper.sent) == 1
    assert desk.paper.sent[0][0].title == "养老金怎么办"


def test_where_no_printer_is_ready_nothing_is_promised(desk):
    desk.paper.ready = False
    desk.open()
    assert (desk.page.stage, desk.page.canPrint) == ("absent", False)
    assert "手机" in desk.page.printWords
    desk.page.print()
    assert desk.jobs.waiting == []


def test_a_jam_is_said_in_plain_words_and_may_be_tried_again(desk):
    desk.paper.breaks = True
    desk.open()
    desk.page.print()
    desk.jobs.run_all()
    assert desk.page.stage == "failed"
    assert "jammed" not in desk.page.printWords
    desk.paper.breaks = False
    desk.page.print()
    desk.jobs.run_all()
    assert desk.page.stage == "printed"


def test_nothing_of_the_last_person_stays(desk):
    desk.open()
    address = desk.page.preview
    desk.page.close()
    assert desk.picture(address).isNull()
    assert (desk.page.title, desk.page.count, desk.page.caption, desk.page.code) == ("", 0, "", "")


def test_late_answers_to_an_earlier_visit_are_dropped(desk):
    desk.page.open(a_dossier(), TabKind.GUIDE)
    desk.page.close()
    desk.jobs.run_all()
    assert not desk.page.isDrawn
    assert desk.page.stage == "asking"
    desk.open()
    desk.page.print()
    desk.page.close()
    desk.jobs.run_all()
    assert desk.page.stage == "asking"


def test_each_visit_asks_for_its_own_pictures(desk):
    desk.open()
    first = desk.page.preview
    desk.open()
    assert desk.page.preview != first


def test_a_slip_that_cannot_be_made_is_said_so(desk):
    def broken(dossier, tab):
        raise PrinterError("坏", code="M-330")

    desk.slip_of = broken
    page = TakeHomeViewModel(
        desk.jobs,
        SlipSources(
            slip_of=broken,
            allowed_hosts=lambda pack: (),
            printer=desk.paper,
            pictures=desk.pictures,
            dots_per_mm=lambda: 4.0,
        ),
    )
    page.open(a_dossier(), None)
    desk.jobs.run_all()
    assert page.hasFailed
    assert not page.canPrint
    page.next()
    assert page.number == 1
