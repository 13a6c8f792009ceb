// A button of the listening bar: picture above its word, in the colours of the voice.
import QtQuick
import QtQuick.Templates as T
import Kiosk.Theme

T.AbstractButton {
    id: root

    property string glyph: ""
    property bool strong: false    // filled: the one that is used most, or the one that is chosen
    readonly property color ink: root.strong ? Theme.voice : Theme.voiceInk

    implicitWidth: Math.max(Theme.touchTarget, label.implicitWidth + Theme.gap2 * 2)
    implicitHeight: Theme.barHeight - Theme.gap1
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()

    background: Rectangle {
        radius: Theme.corner
        color: root.strong ? Theme.voiceInk : root.down ? Theme.ground : "transparent"
        border.width: Theme.border
        border.color: Theme.voiceInk
        opacity: root.enabled ? 1 : 0.45
    }
    contentItem: Item {
        Column {
            anchors.centerIn: parent

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: root.glyph !== ""
                glyph: root.glyph
                color: root.ink
                extent: Theme.mm(7)
            }
            Label {
                id: label

                anchors.horizontalCenter: parent.horizontalCenter
                text: root.text
                color: root.ink
                font.pixelSize: Theme.smallText
                font.bold: root.strong
            }
        }
    }
}
