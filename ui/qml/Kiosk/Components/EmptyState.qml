// A friendly page instead of an empty one: what is the case, and what to do.
import QtQuick
import Kiosk.Theme

Column {
    id: root

    required property string sentence
    required property string todo
    property string glyph: Glyphs.info

    spacing: Theme.gap2

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        glyph: root.glyph
        color: Theme.softInk
        extent: Theme.mm(20)
    }
    Words {
        width: parent.width
        text: root.sentence
        font.pixelSize: Theme.title
        font.bold: true
        horizontalAlignment: Text.AlignHCenter
    }
    Words {
        width: parent.width
        text: root.todo
        soft: true
        horizontalAlignment: Text.AlignHCenter
    }
}
