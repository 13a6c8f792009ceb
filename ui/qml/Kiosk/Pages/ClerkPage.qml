// The clerk's page: the stick, what is installed, the network, what people miss, and whether this machine is fit.
import QtQuick
import Kiosk.Clerk
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Flickable {
    id: root

    required property Navigator navigator
    required property ClerkViewModel clerk
    required property StickViewModel stick
    required property UpkeepViewModel upkeep
    readonly property bool isFree: !root.upkeep.isWorking && root.stick.screen !== "running"

    contentWidth: width
    contentHeight: column.height + Theme.gap4
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column

        x: Theme.margin
        width: root.width - Theme.margin * 2
        topPadding: Theme.gap1
        spacing: Theme.gap2

        PageTitle {
            width: parent.width
            text: qsTr("村里工作人员")
        }
        NoticeCard {
            width: parent.width
            visible: text !== ""
            text: root.upkeep.notice
        }
        StickCard {
            width: parent.width
            visible: root.stick.screen !== "none"
            stick: root.stick
            mayStart: root.isFree
        }
        Words {
            width: parent.width
            visible: root.stick.screen === "none"
            text: root.stick.trouble !== "" ? root.stick.trouble : qsTr("要装新内容，请插上发布单位给的U盘。")
            soft: true
        }
        SectionTitle {
            width: parent.width
            text: qsTr("已装的内容包")
        }
        PackVersions {
            width: parent.width
            upkeep: root.upkeep
            mayChange: root.isFree
        }
        SectionTitle {
            width: parent.width
            text: qsTr("更新和检查")
        }
        UpkeepSection {
            width: parent.width
            navigator: root.navigator
            upkeep: root.upkeep
            mayStart: root.isFree
        }
        SectionTitle {
            width: parent.width
            text: qsTr("村民常问、还没有答案的")
        }
        MissingSection {
            width: parent.width
            clerk: root.clerk
        }
        SectionTitle {
            width: parent.width
            text: qsTr("机器好不好")
        }
        DoctorSection {
            width: parent.width
            clerk: root.clerk
        }
        Label {
            text: qsTr("程序版本 %1").arg(root.clerk.version)
            color: Theme.softInk
            font.pixelSize: Theme.smallText
        }
    }
}
