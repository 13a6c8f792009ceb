// One notice on the home page.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Touchable {
    id: root

    required property string title
    required property string badge

    implicitHeight: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap1 * 2)
    Accessible.name: qsTr("通知：") + root.title + (root.badge === "" ? "" : "，" + root.badge)

    Paper {
        anchors.fill: parent
        pressed: root.down
        fill: Theme.answer
    }
    Icon {
        id: bell

        anchors.left: parent.left
        anchors.leftMargin: Theme.gap2
        anchors.verticalCenter: parent.verticalCenter
        glyph: Glyphs.notice
        color: Theme.accentText
    }
    Label {
        anchors.left: bell.right
        anchors.leftMargin: Theme.gap2
        anchors.right: mark.left
        anchors.rightMargin: root.badge === "" ? 0 : Theme.gap1
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("通知：") + root.title
    }
    Loader {
        id: mark

        anchors.right: arrow.left
        anchors.verticalCenter: parent.verticalCenter
        active: root.badge !== ""
        sourceComponent: Mark {
            text: root.badge
        }
    }
    Icon {
        id: arrow

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap2
        anchors.verticalCenter: parent.verticalCenter
        glyph: Glyphs.next
        color: Theme.softInk
    }
}
