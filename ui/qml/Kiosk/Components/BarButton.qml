// One of the five buttons of the bottom bar: picture above its word.
import QtQuick
import Kiosk.Theme

Touchable {
    id: root

    required property string glyph
    property bool lit: false
    readonly property color ink: root.lit ? Theme.accentText : Theme.ink

    opacity: root.enabled ? 1 : 0.4
    Accessible.name: root.text

    Rectangle {
        anchors.fill: parent
        color: root.down ? Theme.keyboard : Theme.bar
    }
    Icon {
        id: picture

        anchors.horizontalCenter: parent.horizontalCenter
        y: (parent.height - height - word.height) / 2
        glyph: root.glyph
        color: root.ink
        extent: Theme.mm(8)
    }
    Label {
        id: word

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: picture.bottom
        text: root.text
        color: root.ink
        font.pixelSize: Theme.smallText
        font.bold: root.lit
    }
}
