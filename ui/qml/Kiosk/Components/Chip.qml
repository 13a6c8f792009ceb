// A large chip that narrows a list; a chosen one is dark and says so with a tick.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    required property bool chosen
    readonly property color ink: root.chosen ? Theme.chosenInk : Theme.ink

    implicitHeight: Theme.touchTarget
    implicitWidth: Math.max(Theme.touchTarget, row.implicitWidth + Theme.gap3 * 2)
    Accessible.role: Accessible.CheckBox
    Accessible.name: root.text
    Accessible.checked: root.chosen
    Accessible.onPressAction: root.clicked()

    background: Paper {
        pressed: root.down
        fill: root.chosen ? Theme.chosen : Theme.card
    }
    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.gap1

            Icon {
                visible: root.chosen
                anchors.verticalCenter: parent.verticalCenter
                glyph: Glyphs.check
                color: root.ink
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                color: root.ink
                font.bold: root.chosen
            }
        }
    }
}
