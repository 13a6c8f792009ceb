// A search field that looks like one; a touch opens the page with the keyboard.
import QtQuick
import Kiosk.Theme

Touchable {
    id: root

    implicitHeight: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap2 * 2)
    Accessible.name: hint.text

    Paper {
        anchors.fill: parent
        pressed: root.down
        edge: Theme.accent
    }
    Icon {
        id: glass

        anchors.left: parent.left
        anchors.leftMargin: Theme.gap2
        anchors.verticalCenter: parent.verticalCenter
        glyph: Glyphs.search
        color: Theme.accentText
        extent: Theme.title * 1.2
    }
    Label {
        id: hint

        anchors.left: glass.right
        anchors.leftMargin: Theme.gap2
        anchors.right: keys.left
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("想查什么？点这里打字")
        color: Theme.softInk
    }
    Icon {
        id: keys

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap2
        anchors.verticalCenter: parent.verticalCenter
        glyph: Glyphs.keyboard
        color: Theme.softInk
        extent: Theme.title * 1.2
    }
}
