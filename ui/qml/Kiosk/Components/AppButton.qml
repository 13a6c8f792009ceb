// One button with a picture and words: the accent for the one thing to do here, plain for the others.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    property string glyph: ""
    property bool accent: false
    property bool chosen: false
    readonly property color ink: root.accent ? Theme.accentInk : root.chosen ? Theme.chosenInk : Theme.ink

    implicitHeight: Math.max(Theme.touchTarget, Theme.body * 1.5 + Theme.gap1 * 2)
    implicitWidth: Math.max(Theme.touchTarget, row.implicitWidth + Theme.gap3 * 2)
    opacity: root.enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()

    background: Paper {
        pressed: root.down
        fill: root.accent ? Theme.accent : root.chosen ? Theme.chosen : Theme.card
        edge: root.accent ? Theme.accent : Theme.cardEdge
    }
    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.gap1

            Icon {
                visible: root.glyph !== ""
                glyph: root.glyph
                color: root.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                visible: root.text !== ""
                text: root.text
                color: root.ink
                font.bold: root.accent || root.chosen
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
