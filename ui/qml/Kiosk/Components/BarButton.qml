// One of the five buttons of the bottom bar: picture above its word.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    required property string glyph
    property bool lit: false
    readonly property color ink: root.lit ? Theme.accentText : Theme.ink

    opacity: root.enabled ? 1 : 0.4
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()

    background: Rectangle {
        color: root.down ? Theme.keyboard : Theme.bar
    }
    contentItem: Item {
        Column {
            anchors.centerIn: parent

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                glyph: root.glyph
                color: root.ink
                extent: Theme.mm(8)
            }
            Label {
                anchors.horizontalCenter: parent.horizontalCenter
                text: root.text
                color: root.ink
                font.pixelSize: Theme.smallText
                font.bold: root.lit
            }
        }
    }
}
