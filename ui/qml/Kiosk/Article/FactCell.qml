// One fact of a matter: what it is about, and what it says. Lies flat: it is no button. Lit while it is read aloud.
import QtQuick
import Kiosk.Components
import Kiosk.Theme

Rectangle {
    id: root

    required property string glyph
    required property string label
    required property string text
    property bool lit: false

    implicitHeight: words.implicitHeight + Theme.gap1 * 2
    radius: Theme.mm(2)
    color: root.lit ? Theme.voice : "transparent"
    Accessible.role: Accessible.StaticText
    Accessible.name: root.label + "：" + root.text

    Icon {
        id: icon

        x: Theme.gap1
        y: Theme.gap1 + (label.height - height) / 2
        glyph: root.glyph
        color: root.lit ? Theme.voiceInk : Theme.accentText
        extent: Theme.body * 1.4
    }
    Column {
        id: words

        anchors.left: icon.right
        anchors.leftMargin: Theme.gap2
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap1
        y: Theme.gap1

        Label {
            id: label

            width: parent.width
            text: root.label
            color: root.lit ? Theme.voiceInk : Theme.softInk
            font.pixelSize: Theme.smallText
        }
        Text {
            width: parent.width
            text: root.text
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: root.lit ? Theme.voiceInk : Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.body
            font.bold: true
        }
    }
}
