// One word above the keys that can be touched.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    required property string word
    property string glyph: ""
    property bool first: false
    property bool small: false

    implicitWidth: Math.max(Theme.touchTarget, row.implicitWidth + Theme.gap2 * 1.5)
    implicitHeight: Theme.touchTarget
    text: root.word
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.Button
    Accessible.name: root.word
    Accessible.onPressAction: root.clicked()

    background: Rectangle {
        radius: Theme.mm(2.2)
        color: root.down ? Theme.voice : Theme.bar
        border.width: Theme.highContrast ? Theme.border : 0
        border.color: Theme.cardEdge
    }
    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.gap1 / 2

            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: root.word
                color: root.down ? Theme.voiceInk : root.first ? Theme.accentText : Theme.ink
                font.pixelSize: root.small ? Theme.smallText : Math.min(Theme.title, Theme.touchTarget * 0.6)
                font.bold: root.first
            }
            Icon {
                visible: root.glyph !== ""
                anchors.verticalCenter: parent.verticalCenter
                glyph: root.glyph
                color: root.down ? Theme.voiceInk : Theme.softInk
                extent: Theme.body
            }
        }
    }
}
