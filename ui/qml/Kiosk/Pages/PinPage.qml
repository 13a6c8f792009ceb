// One question: the clerk's PIN, and what it is asked for. The dots stand over the keys that fill them.
import QtQuick
import Kiosk.Clerk
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Flickable {
    id: root

    required property PinViewModel pin
    readonly property bool beside: !Theme.portrait
    readonly property real together: told.height + Theme.gap4 + pad.height    // px, one above the other

    contentWidth: width
    contentHeight: !root.pin.isSet ? unset.y + unset.height + Theme.gap4 : Math.max(told.y + told.height, pad.y + pad.height) + Theme.gap2
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: told

        x: root.beside ? Math.max(Theme.margin, (root.width - width - Theme.gap5 - pad.width) / 2) : Theme.margin
        // Upright it stands as low as a hand likes to reach, but not at the very edge.
        y: root.beside ? Math.max(Theme.gap1, (root.height - height) / 2) : Math.max(Theme.gap1, (root.height - root.together) * 0.7)
        width: root.beside ? Math.min(root.width - pad.width - Theme.gap5 - Theme.margin * 2, Theme.pageTitle * 12) : root.width - Theme.margin * 2
        spacing: Theme.gap2
        visible: root.pin.isSet

        Icon {
            x: root.beside ? 0 : (parent.width - width) / 2
            glyph: Glyphs.shield
            color: Theme.softInk
            extent: Theme.mm(20)
        }
        PageTitle {
            width: parent.width
            text: qsTr("请输入工作人员的 PIN")
            horizontalAlignment: root.beside ? Text.AlignLeft : Text.AlignHCenter
        }
        Words {
            width: parent.width
            visible: root.pin.purpose !== ""
            text: qsTr("用来：%1").arg(root.pin.purpose)
            horizontalAlignment: root.beside ? Text.AlignLeft : Text.AlignHCenter
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.pin.isJudging ? qsTr("正在核对……") : root.pin.message
            color: root.pin.isJudging ? Theme.softInk : Theme.accentText
            font.bold: true
            horizontalAlignment: root.beside ? Text.AlignLeft : Text.AlignHCenter
        }
        Words {
            width: parent.width
            visible: text !== ""
            text: root.pin.waitSeconds > 0 ? qsTr("请等 %1 秒再试。").arg(root.pin.waitSeconds) : root.pin.todo
            horizontalAlignment: root.beside ? Text.AlignLeft : Text.AlignHCenter
        }
    }
    Column {
        id: pad

        x: root.beside ? told.x + told.width + Theme.gap5 : (root.width - width) / 2
        y: root.beside ? Math.max(Theme.gap1, (root.height - height) / 2) : told.y + told.height + Theme.gap4
        spacing: Theme.gap4
        visible: root.pin.isSet

        PinDots {
            anchors.horizontalCenter: parent.horizontalCenter
            typed: root.pin.typed
        }
        PinKeys {
            pin: root.pin
            keyHeight: Math.max(Theme.touchTarget, Theme.title * 1.6, Math.min(Theme.mm(28), (root.height - Theme.mm(5) - Theme.gap4 * 2 - spacing * 3) / (root.beside ? 4 : 6)))
        }
    }
    // Without a PIN there is nothing to type: whom to ask instead.
    Column {
        id: unset

        x: (root.width - width) / 2
        y: Math.max(Theme.gap1, (root.height - height) * 0.4)
        width: Math.min(root.width - Theme.margin * 2, Theme.body * 24)
        spacing: Theme.gap4
        visible: !root.pin.isSet

        EmptyState {
            width: parent.width
            glyph: Glyphs.shield
            sentence: root.pin.message
            todo: root.pin.todo
        }
        PhoneCard {
            width: parent.width
            number: "12345"
            label: qsTr("政务服务便民热线")
            advice: qsTr("找不到管理员，请打电话让乡镇帮忙找：")
        }
    }
}
